//! Names that are no actions: operations of AWS's APIs and commands of its command line, and the actions
//! that they need.

use iamc_catalog::covers;

/// Names, some with wildcards, and the actions that they need; of several that fit the first counts.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html>
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html>
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html>
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html>
/// <https://docs.aws.amazon.com/keyspaces/latest/devguide/security_iam_service-with-iam.html>
const MEANT: &[(&str, &[&str])] = &[
    ("apigateway:Create*", &["apigateway:POST"]),
    ("apigateway:Delete*", &["apigateway:DELETE"]),
    ("apigateway:Export*", &["apigateway:GET"]),
    ("apigateway:Get*", &["apigateway:GET"]),
    ("apigateway:Import*", &["apigateway:POST"]),
    ("apigateway:Put*", &["apigateway:PUT"]),
    ("apigateway:TestInvoke*", &["apigateway:POST"]),
    ("apigateway:Update*", &["apigateway:PATCH"]),
    ("bedrock:Converse", &["bedrock:InvokeModel"]),
    ("bedrock:ConverseStream", &["bedrock:InvokeModelWithResponseStream"]),
    ("bedrock:StartAsyncInvoke", &["bedrock:InvokeModel"]),
    ("budgets:Create*", &["budgets:ModifyBudget"]),
    ("budgets:Delete*", &["budgets:ModifyBudget"]),
    ("budgets:Describe*", &["budgets:ViewBudget"]),
    ("budgets:Update*", &["budgets:ModifyBudget"]),
    ("cassandra:Create*", &["cassandra:Create"]),
    ("cassandra:Delete*", &["cassandra:Drop"]),
    ("cassandra:Get*", &["cassandra:Select"]),
    ("cassandra:List*", &["cassandra:Select"]),
    ("cassandra:RestoreTable", &["cassandra:Restore"]),
    ("cassandra:Update*", &["cassandra:Alter"]),
    ("cloudfront:CreateDistributionWithTags", &["cloudfront:CreateDistribution", "cloudfront:TagResource"]),
    ("cloudsearch:UploadDocuments", &["cloudsearch:document"]),
    ("dynamodb:BatchExecuteStatement", PARTI_QL),
    ("dynamodb:ExecuteStatement", PARTI_QL),
    ("dynamodb:ExecuteTransaction", PARTI_QL),
    ("dynamodb:TransactGetItems", &["dynamodb:GetItem"]),
    (
        "dynamodb:TransactWriteItems",
        &["dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
    ),
    ("ecr:GetLogin", &["ecr:GetAuthorizationToken"]),
    ("ecr:GetLoginPassword", &["ecr:GetAuthorizationToken"]),
    ("eks:UpdateKubeconfig", &["eks:DescribeCluster"]),
    ("execute-api:DeleteConnection", &["execute-api:ManageConnections"]),
    ("execute-api:GetConnection", &["execute-api:ManageConnections"]),
    ("execute-api:PostToConnection", &["execute-api:ManageConnections"]),
    ("kms:ReEncrypt", &["kms:ReEncryptFrom", "kms:ReEncryptTo"]),
    ("lambda:GetLayerVersionByArn", &["lambda:GetLayerVersion"]),
    ("lambda:Invoke", &["lambda:InvokeFunction"]),
    ("lambda:InvokeWithResponseStream", &["lambda:InvokeFunction"]),
    ("logs:Tail", &["logs:FilterLogEvents"]),
    ("neptune-db:Execute*Query", &["neptune-db:ReadDataViaQuery", "neptune-db:WriteDataViaQuery"]),
    ("s3:CompleteMultipartUpload", &["s3:PutObject"]),
    ("s3:CopyObject", &["s3:GetObject", "s3:PutObject"]),
    ("s3:Cp", &["s3:GetObject", "s3:PutObject"]),
    ("s3:CreateBucketMetadataConfiguration", &["s3:CreateBucketMetadataTableConfiguration"]),
    ("s3:CreateMultipartUpload", &["s3:PutObject"]),
    ("s3:CreateSession", &["s3express:CreateSession"]),
    ("s3:DeleteBucketAnalyticsConfiguration", &["s3:PutAnalyticsConfiguration"]),
    ("s3:DeleteBucketCors", &["s3:PutBucketCORS"]),
    ("s3:DeleteBucketEncryption", &["s3:PutEncryptionConfiguration"]),
    ("s3:DeleteBucketIntelligentTieringConfiguration", &["s3:PutIntelligentTieringConfiguration"]),
    ("s3:DeleteBucketInventoryConfiguration", &["s3:PutInventoryConfiguration"]),
    ("s3:DeleteBucketLifecycle*", &["s3:PutLifecycleConfiguration"]),
    ("s3:DeleteBucketMetadataConfiguration", &["s3:DeleteBucketMetadataTableConfiguration"]),
    ("s3:DeleteBucketMetricsConfiguration", &["s3:PutMetricsConfiguration"]),
    ("s3:DeleteBucketOwnershipControls", &["s3:PutBucketOwnershipControls"]),
    ("s3:DeleteBucketReplication", &["s3:PutReplicationConfiguration"]),
    ("s3:DeleteBucketTagging", &["s3:PutBucketTagging"]),
    ("s3:DeleteObjects", &["s3:DeleteObject"]),
    ("s3:DeletePublicAccessBlock", &["s3:PutBucketPublicAccessBlock"]),
    ("s3:GetBucketAccelerateConfiguration", &["s3:GetAccelerateConfiguration"]),
    ("s3:GetBucketAnalyticsConfiguration", &["s3:GetAnalyticsConfiguration"]),
    ("s3:GetBucketEncryption", &["s3:GetEncryptionConfiguration"]),
    ("s3:GetBucketIntelligentTieringConfiguration", &["s3:GetIntelligentTieringConfiguration"]),
    ("s3:GetBucketInventoryConfiguration", &["s3:GetInventoryConfiguration"]),
    ("s3:GetBucketLifecycle*", &["s3:GetLifecycleConfiguration"]),
    ("s3:GetBucketMetadataConfiguration", &["s3:GetBucketMetadataTableConfiguration"]),
    ("s3:GetBucketMetricsConfiguration", &["s3:GetMetricsConfiguration"]),
    ("s3:GetBucketNotificationConfiguration", &["s3:GetBucketNotification"]),
    ("s3:GetBucketReplication", &["s3:GetReplicationConfiguration"]),
    ("s3:GetObjectLockConfiguration", &["s3:GetBucketObjectLockConfiguration"]),
    ("s3:GetPublicAccessBlock", &["s3:GetBucketPublicAccessBlock"]),
    ("s3:HeadBucket", &["s3:ListBucket"]),
    ("s3:HeadObject", &["s3:GetObject"]),
    ("s3:ListBucketAnalyticsConfigurations", &["s3:GetAnalyticsConfiguration"]),
    ("s3:ListBucketIntelligentTieringConfigurations", &["s3:GetIntelligentTieringConfiguration"]),
    ("s3:ListBucketInventoryConfigurations", &["s3:GetInventoryConfiguration"]),
    ("s3:ListBucketMetricsConfigurations", &["s3:GetMetricsConfiguration"]),
    ("s3:ListBuckets", &["s3:ListAllMyBuckets"]),
    ("s3:ListDirectoryBuckets", &["s3express:ListAllMyDirectoryBuckets"]),
    ("s3:ListMultipartUploads", &["s3:ListBucketMultipartUploads"]),
    ("s3:ListObject", &["s3:ListBucket"]),
    ("s3:ListObjectVersions", &["s3:ListBucketVersions"]),
    ("s3:ListObjects", &["s3:ListBucket"]),
    ("s3:ListObjectsV2", &["s3:ListBucket"]),
    ("s3:ListParts", &["s3:ListMultipartUploadParts"]),
    ("s3:Ls", &["s3:ListBucket"]),
    ("s3:Mb", &["s3:CreateBucket"]),
    ("s3:Mv", &["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]),
    ("s3:PutBucketAccelerateConfiguration", &["s3:PutAccelerateConfiguration"]),
    ("s3:PutBucketAnalyticsConfiguration", &["s3:PutAnalyticsConfiguration"]),
    ("s3:PutBucketEncryption", &["s3:PutEncryptionConfiguration"]),
    ("s3:PutBucketIntelligentTieringConfiguration", &["s3:PutIntelligentTieringConfiguration"]),
    ("s3:PutBucketInventoryConfiguration", &["s3:PutInventoryConfiguration"]),
    ("s3:PutBucketLifecycle*", &["s3:PutLifecycleConfiguration"]),
    ("s3:PutBucketMetricsConfiguration", &["s3:PutMetricsConfiguration"]),
    ("s3:PutBucketNotificationConfiguration", &["s3:PutBucketNotification"]),
    ("s3:PutBucketReplication", &["s3:PutReplicationConfiguration"]),
    ("s3:PutObjectLockConfiguration", &["s3:PutBucketObjectLockConfiguration"]),
    ("s3:PutPublicAccessBlock", &["s3:PutBucketPublicAccessBlock"]),
    ("s3:Rb", &["s3:DeleteBucket"]),
    ("s3:Rm", &["s3:DeleteObject"]),
    ("s3:SelectObjectContent", &["s3:GetObject"]),
    ("s3:Sync", &["s3:GetObject", "s3:ListBucket", "s3:PutObject"]),
    ("s3:UploadPart", &["s3:PutObject"]),
    ("s3:UploadPartCopy", &["s3:GetObject", "s3:PutObject"]),
    ("s3:WriteGetObjectResponse", &["s3-object-lambda:WriteGetObjectResponse"]),
    ("sns:PublishBatch", &["sns:Publish"]),
    ("sqs:ChangeMessageVisibilityBatch", &["sqs:ChangeMessageVisibility"]),
    ("sqs:DeleteMessageBatch", &["sqs:DeleteMessage"]),
    ("sqs:SendMessageBatch", &["sqs:SendMessage"]),
    ("timestream:Query", &["timestream:Select"]),
];

const PARTI_QL: &[&str] =
    &["dynamodb:PartiQLDelete", "dynamodb:PartiQLInsert", "dynamodb:PartiQLSelect", "dynamodb:PartiQLUpdate"];

/// What a name that is no action needs.
pub(super) fn actions(word: &str) -> Option<&'static [&'static str]> {
    MEANT.iter().find(|(name, _)| covers(name, word)).map(|(_, actions)| *actions)
}

#[cfg(test)]
mod tests {
    use iamc_catalog::Catalog;

    use super::*;

    #[test]
    fn names_are_no_actions_and_lead_to_some() {
        let catalog = Catalog::builtin();
        let is_action = |word: &str| {
            let (service, name) = word.split_once(':').unwrap();
            catalog.service(service).unwrap().action(name).is_some()
        };
        for (word, actions) in MEANT {
            assert!(!is_action(word), "{word} is an action");
            assert!(!actions.is_empty());
            actions.iter().for_each(|action| assert!(is_action(action), "{action} is none"));
        }
    }
}
