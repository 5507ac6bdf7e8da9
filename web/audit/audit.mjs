// Asks a running server what the reference implementation of GraphQL over HTTP asks: node audit.mjs URL.
// Prints each audit; fails if one of them does.

import { serverAudits } from "graphql-http";

const url = process.argv[2] ?? "http://127.0.0.1:8080/graphql";
const audits = serverAudits({ url, fetchFn: fetch });
let passed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  passed += result.status === "ok" ? 1 : 0;
  const reason = result.status === "ok" ? "" : `\n     ${result.reason}`;
  console.log(`${result.status.padEnd(6)} ${audit.id} ${audit.name}${reason}`);
}
console.log(`GraphQL over HTTP: ${passed} of ${audits.length} audits passed`);
process.exitCode = passed === audits.length ? 0 : 1;
