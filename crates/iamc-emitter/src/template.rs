//! A stack's template. Policies stand before what holds them.

use std::borrow::Cow;
use std::fmt;

use crate::generated::HEADER;
use crate::stack::{Group, Identity, InstanceProfile, ManagedPolicy, Role, Stack, User};
use crate::statement::{policy_document, trust_document};
use crate::yaml::Yaml;

/// Writes a stack's template.
pub(crate) fn write_template(out: &mut impl fmt::Write, stack: &Stack) -> fmt::Result {
    out.write_str(HEADER)?;
    template(stack).write(out)
}

/// The text of a stack's template.
pub(crate) fn template_text(stack: &Stack) -> String {
    let statements = stack.policies.iter().flat_map(|policy| &policy.document.statements);
    let length = statements.map(|statement| statement.text().len()).sum::<usize>();
    let mut text = String::with_capacity(length + OTHERWISE);
    // Writing into a string cannot fail.
    let _ = write_template(&mut text, stack);
    text
}

/// Bytes of most templates besides the statements of their policies.
const OTHERWISE: usize = 4_096;

fn template(stack: &Stack) -> Yaml<'_> {
    let mut resources: Vec<_> = stack.policies.iter().map(managed_policy).collect();
    match &stack.identity {
        Identity::Engineer { role: held, instance_profile: profile } => {
            resources.extend([role(held, &stack.policies), instance_profile(profile, held)]);
        }
        Identity::ServiceUser { group: holder, user: held } => {
            resources.extend([group(holder, &stack.policies), user(held, holder)]);
        }
        Identity::Role { role: held } => resources.push(role(held, &stack.policies)),
    }
    Yaml::map([("AWSTemplateFormatVersion", Yaml::text("2010-09-09")), ("Resources", Yaml::Map(resources))])
}

/// A logical id with its resource.
type Resource<'a> = (Cow<'a, str>, Yaml<'a>);

fn resource<'a>(logical_id: &'a str, kind: &'a str, properties: Yaml<'a>) -> Resource<'a> {
    (logical_id.into(), Yaml::map([("Type", Yaml::text(kind)), ("Properties", properties)]))
}

fn managed_policy(policy: &ManagedPolicy) -> Resource<'_> {
    let properties = Yaml::map([
        ("ManagedPolicyName", Yaml::text(&policy.name)),
        ("Description", Yaml::text(&policy.description)),
        ("Path", Yaml::text(&policy.path)),
        ("PolicyDocument", policy_document(&policy.document)),
    ]);
    resource(&policy.logical_id, "AWS::IAM::ManagedPolicy", properties)
}

fn role<'a>(role: &'a Role, policies: &'a [ManagedPolicy]) -> Resource<'a> {
    let properties = Yaml::map([
        ("RoleName", Yaml::text(&role.name)),
        ("Path", Yaml::text(&role.path)),
        ("AssumeRolePolicyDocument", trust_document(&role.trust)),
    ])
    .with_some("ManagedPolicyArns", attached(&role.managed_policy_arns, policies))
    .with_some("PermissionsBoundary", role.permissions_boundary.as_ref().map(Yaml::text))
    .with_some("MaxSessionDuration", role.max_session_duration.map(|seconds| Yaml::Number(seconds.into())))
    .with_some("Tags", tags(&role.tags));
    resource(&role.logical_id, "AWS::IAM::Role", properties)
}

fn instance_profile<'a>(profile: &'a InstanceProfile, role: &'a Role) -> Resource<'a> {
    let properties = Yaml::map([
        ("InstanceProfileName", Yaml::text(&profile.name)),
        ("Path", Yaml::text(&profile.path)),
        ("Roles", Yaml::List(vec![Yaml::Ref(&role.logical_id)])),
    ]);
    resource(&profile.logical_id, "AWS::IAM::InstanceProfile", properties)
}

fn group<'a>(group: &'a Group, policies: &'a [ManagedPolicy]) -> Resource<'a> {
    let properties = Yaml::map([("GroupName", Yaml::text(&group.name))])
        .with_some("Path", path_of_user(&group.path))
        .with_some("ManagedPolicyArns", attached(&group.managed_policy_arns, policies));
    resource(&group.logical_id, "AWS::IAM::Group", properties)
}

fn user<'a>(user: &'a User, group: &'a Group) -> Resource<'a> {
    let properties = Yaml::map([("UserName", Yaml::text(&user.name))])
        .with_some("Path", path_of_user(&user.path))
        .with("Groups", Yaml::List(vec![Yaml::Ref(&group.logical_id)]))
        .with_some("PermissionsBoundary", user.permissions_boundary.as_ref().map(Yaml::text))
        .with_some("Tags", tags(&user.tags));
    resource(&user.logical_id, "AWS::IAM::User", properties)
}

/// Users and groups need no `Path` where it is `/`, CloudFormation's default.
fn path_of_user(path: &str) -> Option<Yaml<'_>> {
    (path != "/").then(|| Yaml::text(path))
}

/// ManagedPolicyArns: what the settings attach, then the stack's own.
fn attached<'a>(arns: &'a [String], policies: &'a [ManagedPolicy]) -> Option<Yaml<'a>> {
    let arns = arns.iter().map(Yaml::text);
    let own = policies.iter().map(|policy| Yaml::Ref(&policy.logical_id));
    let all: Vec<_> = arns.chain(own).collect();
    (!all.is_empty()).then_some(Yaml::List(all))
}

fn tags(tags: &[(String, String)]) -> Option<Yaml<'_>> {
    (!tags.is_empty()).then(|| Yaml::List(tags.iter().map(tag).collect()))
}

fn tag((key, value): &(String, String)) -> Yaml<'_> {
    Yaml::map([("Key", Yaml::text(key)), ("Value", Yaml::text(value))])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use iamc_model::PrincipalKind;
    use iamc_model::declaration::Effect;

    use crate::testing::Case;

    #[test]
    fn an_engineer() {
        let mut case = Case::default();
        let read = case.policy("ReadLogs", &["logs:GetLogEvents"], &["*"]);
        let write = case.policy("WriteData", &["s3:PutObject", "s3:PutObjectAcl"], &["arn:aws:s3:::data/*"]);
        let jane = case.engineer("JaneDoe", &[read, write]);
        jane.permissions_boundary = Some("arn:aws:iam::123456789876:policy/Boundary".into());
        jane.max_session_duration = Some(7200);
        case.attach("arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy");
        case.tag("cost-center", "123456789876");
        let expected = "\
# Generated by iamc
# Not to be edited: change the declarations and run `iamc build`
AWSTemplateFormatVersion: \"2010-09-09\"
Resources:
  PersonalPolicyS3JaneDoe:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: PersonalPolicyS3JaneDoe
      Description: \"Personal Policy S3 for JaneDoe\"
      Path: \"/\"
      PolicyDocument:
        Version: \"2012-10-17\"
        Statement:
          # WriteData
          - Effect: Allow
            Action:
              - s3:PutObject
              - s3:PutObjectAcl
            Resource:
              - arn:aws:s3:::data/*
  PersonalPolicyMiscJaneDoe:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: PersonalPolicyMiscJaneDoe
      Description: \"Personal Policy Misc for JaneDoe\"
      Path: \"/\"
      PolicyDocument:
        Version: \"2012-10-17\"
        Statement:
          # ReadLogs
          - Effect: Allow
            Action:
              - logs:GetLogEvents
            Resource:
              - \"*\"
  PersonalRoleJaneDoe:
    Type: AWS::IAM::Role
    Properties:
      RoleName: PersonalRoleJaneDoe
      Path: \"/\"
      AssumeRolePolicyDocument:
        Version: \"2012-10-17\"
        Statement:
          - Effect: Allow
            Principal:
              Service:
                - ec2.amazonaws.com
            Action:
              - sts:AssumeRole
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy
        - !Ref PersonalPolicyS3JaneDoe
        - !Ref PersonalPolicyMiscJaneDoe
      PermissionsBoundary: arn:aws:iam::123456789876:policy/Boundary
      MaxSessionDuration: 7200
      Tags:
        - Key: cost-center
          Value: \"123456789876\"
  PersonalInstanceProfileJaneDoe:
    Type: AWS::IAM::InstanceProfile
    Properties:
      InstanceProfileName: PersonalInstanceProfileJaneDoe
      Path: \"/\"
      Roles:
        - !Ref PersonalRoleJaneDoe
";
        assert_eq!(case.outputs()["engineers/JaneDoe.yaml"], expected);
    }

    #[test]
    fn a_service_user() {
        let mut case = Case::default();
        let read = case.policy("ReadData", &["s3:GetObject"], &["arn:aws:s3:::data/*"]);
        case.principal(PrincipalKind::ServiceUser, "Web-Prod", &[read]).path = "/services/".into();
        case.attach("arn:aws:iam::aws:policy/ReadOnlyAccess");
        case.tag("team", "web");
        let template = &case.outputs()["service-users/Web-Prod.yaml"];
        assert!(template.contains("Description: \"IAM policy for service Web-Prod\""), "{template}");
        let (_, holders) = template.split_once("              - arn:aws:s3:::data/*\n").unwrap();
        let expected = "  IamGroupWebProd:
    Type: AWS::IAM::Group
    Properties:
      GroupName: IamGroupWeb-Prod
      Path: \"/services/\"
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/ReadOnlyAccess
        - !Ref PolicyForWebProd
  WebProd:
    Type: AWS::IAM::User
    Properties:
      UserName: Web-Prod
      Path: \"/services/\"
      Groups:
        - !Ref IamGroupWebProd
      Tags:
        - Key: team
          Value: web
";
        assert_eq!(holders, expected);
    }

    #[test]
    fn a_role_without_policies() {
        let mut case = Case::default();
        case.principal(PrincipalKind::Role, "Deploy_Web", &[]);
        case.settings.naming.role_stack = case.pattern("role-", "role", "");
        case.trust("arn:aws:iam::123456789876:root");
        let outputs = crate::render(&Arc::new(case.stacks()));
        let template = outputs.text("roles/Deploy_Web.yaml").unwrap();
        let (_, role) = template.split_once("Resources:\n").unwrap();
        let expected = "  DeployWeb:
    Type: AWS::IAM::Role
    Properties:
      RoleName: Deploy_Web
      Path: \"/\"
      AssumeRolePolicyDocument:
        Version: \"2012-10-17\"
        Statement:
          - Effect: Allow
            Principal:
              Service:
                - ec2.amazonaws.com
            Action:
              - sts:AssumeRole
          - Effect: Allow
            Principal:
              AWS:
                - arn:aws:iam::123456789876:root
            Action:
              - sts:AssumeRole
";
        assert_eq!(role, expected);
    }

    #[test]
    fn a_statement_with_everything() {
        let mut case = Case::default();
        let id = case.policy("Everything", &["s3:*"], &["*"]);
        let statement = case.statement();
        statement.effect = Effect::Deny;
        statement.actions.negated = true;
        statement.resources.negated = true;
        let values = BTreeMap::from([("aws:PrincipalTag/on".into(), vec!["on".into(), "é".into()])]);
        statement.conditions.insert("ForAnyValue:StringLike".parse().unwrap(), values);
        case.engineer("JaneDoe", &[id]);
        let expected = "          # Everything
          - Effect: Deny
            NotAction:
              - s3:*
            NotResource:
              - \"*\"
            Condition:
              ForAnyValue:StringLike:
                aws:PrincipalTag/on:
                  - \"on\"
                  - \"\\xE9\"
";
        let template = &case.outputs()["engineers/JaneDoe.yaml"];
        assert!(template.contains(expected), "{template}");
    }
}
