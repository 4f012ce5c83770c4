"""Answers requests, a line of JSON each, with what ministack's evaluator of policies decides. The
emulator itself is not started."""

import json
import sys

from ministack.core.iam_evaluator import EvalContext, evaluate, parse_policy_document

ANSWERS = {"Allow": "Allowed", "Deny": "ExplicitlyDenied", "ImplicitDeny": "ImplicitlyDenied"}
# Keys under names of their own, as it would fill some from its own request and clock.
PREFIX = "given:"


def renamed(conditions):
    return {
        operator: {PREFIX + key: values for key, values in keys.items()}
        for operator, keys in conditions.items()
    }


def decide(case):
    for statement in case["statements"]:
        statement["Condition"] = renamed(statement.get("Condition", {}))
    context = EvalContext(
        principal_arn="arn:aws:iam::123456789012:user/someone",
        principal_type="User",
        principal_account="123456789012",
        action=case["action"],
        resource_arn=case["resource"],
        region="eu-central-1",
        principal_keys={(PREFIX + key).lower(): value for key, value in case["context"].items()},
    )
    document = {"Version": "2012-10-17", "Statement": case["statements"]}
    return ANSWERS[evaluate(context, [parse_policy_document(document)]).decision]


for line in sys.stdin:
    try:
        answer = decide(json.loads(line))
    except Exception as error:
        answer = f"failed: {error!r}"
    print(answer, flush=True)
