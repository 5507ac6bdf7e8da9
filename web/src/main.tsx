// The query page: GraphiQL against the server that sent it.

import "./workers";

import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { GraphiQL } from "graphiql";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { EXAMPLES_PLUGIN, firstQuery } from "./examples";
import { GLOSSARY_PLUGIN } from "./glossary";

import "graphiql/style.css";
import "./style.css";

const plugins = [EXAMPLES_PLUGIN, GLOSSARY_PLUGIN, HISTORY_PLUGIN];

interface Parameters {
  query: string;
  operationName?: string | null;
}

// The editor learns the names of a document some time after the text was changed. A name that is no longer in it is left
// out; where the document has several operations then, the server says which.
function withoutStaleName({ operationName, ...parameters }: Parameters) {
  const isThere = operationName && new RegExp(`\\b(query|mutation|subscription)\\s+${operationName}\\b`).test(parameters.query);
  return isThere ? { ...parameters, operationName } : parameters;
}

async function fetcher(parameters: Parameters, options?: { headers?: Record<string, string> }) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      accept: "application/graphql-response+json, application/json;q=0.9",
      "content-type": "application/json",
      ...options?.headers,
    },
    body: JSON.stringify(withoutStaleName(parameters)),
  });
  return response.json();
}

// A link to the page may bring a question along: /graphiql?query=…&variables=…
const asked = new URLSearchParams(location.search);
const question = {
  ...(asked.get("query") && { initialQuery: asked.get("query")! }),
  ...(asked.get("variables") && { initialVariables: asked.get("variables")! }),
};

createRoot(document.getElementById("page")!).render(
  <StrictMode>
    <GraphiQL fetcher={fetcher} plugins={plugins} visiblePlugin={EXAMPLES_PLUGIN} defaultQuery={firstQuery} {...question}>
      <GraphiQL.Logo>
        <span className="wordmark">Consortia</span>
      </GraphiQL.Logo>
    </GraphiQL>
  </StrictMode>,
);
