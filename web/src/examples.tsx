// The panel of example queries. They come from web/examples, put in by the build.

import type { GraphiQLPlugin } from "@graphiql/react";
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";

interface Example {
  title: string;
  answers: string;
  query: string;
  operation: string;
}

declare const EXAMPLES: Example[];

export const firstQuery = EXAMPLES[0]?.query ?? "{ __typename }";

const known = new Set(EXAMPLES.map((example) => example.query));

function Panel() {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const { addTab, run, setOperationName } = useGraphiQLActions();

  // What somebody wrote is not written over; one example makes room for another.
  function open(example: Example) {
    const current = queryEditor?.getValue().trim() ?? "";
    if (current !== "" && !known.has(current)) {
      addTab();
    }
    queryEditor?.setValue(example.query);
    variableEditor?.setValue("");
    // Else the editor shows the name of the last example until it has found out that of this one.
    setOperationName(example.operation);
    run();
  }

  return (
    <section aria-label="Examples">
      <div className="graphiql-doc-explorer-title">Examples</div>
      <p className="hint">Choose one to run it.</p>
      <ol className="examples">
        {EXAMPLES.map((example) => (
          <li key={example.title}>
            <button type="button" disabled={!queryEditor} onClick={() => open(example)}>
              <strong>{example.title}</strong>
              <span>{example.answers}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden>
      <path d="M9.5 17.5h5M10 20.5h4M12 3.5a6 6 0 0 0-3.6 10.8c.7.5 1.1 1.3 1.1 2.2v1h5v-1c0-.9.4-1.7 1.1-2.2A6 6 0 0 0 12 3.5Z" />
    </svg>
  );
}

export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: "Examples", icon: Icon, content: Panel };
