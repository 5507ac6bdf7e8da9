// The panel of the glossary. The words come from docs/glossary.md, put in by the build.

import type { GraphiQLPlugin } from "@graphiql/react";

interface Word {
  word: string;
  means: string;
}

declare const GLOSSARY: Word[];

// What stands between backticks is code; every second part is.
function Text({ text }: { text: string }) {
  return text.split("`").map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
}

function Panel() {
  return (
    <section aria-label="Glossary">
      <div className="graphiql-doc-explorer-title">Glossary</div>
      <p className="hint">What the words of queries and answers mean.</p>
      <dl className="glossary">
        {GLOSSARY.map(({ word, means }) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>
              <Text text={means} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden>
      <path d="M5 5.5A2 2 0 0 1 7 3.5h12v14H7a2 2 0 0 0-2 2m0-14v14a1.5 1.5 0 0 0 2 1h12v-3M9 8h6.5M9 11.5h4" />
    </svg>
  );
}

export const GLOSSARY_PLUGIN: GraphiQLPlugin = { title: "Glossary", icon: Icon, content: Panel };
