// Answers requests, a line of JSON each, with what @cloud-copilot/iam-simulate decides.

import { createInterface } from 'node:readline'
import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate'

const account = '123456789012'

function decide({ statements, action, resource, context }) {
  const simulation = {
    request: {
      action,
      principal: `arn:aws:iam::${account}:user/someone`,
      resource: { resource, accountId: account },
      contextVariables: context
    },
    identityPolicies: [{ name: 'policy', policy: { Version: '2012-10-17', Statement: statements } }],
    serviceControlPolicies: [],
    resourceControlPolicies: []
  }
  try {
    return runUnsafeSimulation(simulation, {})
  } catch (error) {
    return `failed: ${String(error).replace(/\s+/g, ' ')}`
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${decide(JSON.parse(line))}\n`)
}
