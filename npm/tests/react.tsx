// What JSX takes and refuses with React 19. It is compiled; the end-to-end tests run `Article`.
import "maqal-card/react";
import { useRef } from "react";
import type { MaqalCard } from "maqal-card/react";

export function Article({ endpoint, told }: { endpoint: string; told: (title: string) => void }) {
  const card = useRef<MaqalCard>(null);
  return (
    <maqal-card
      ref={card}
      src="/article.json"
      endpoint={endpoint}
      heading={3}
      theme="dark"
      words={JSON.stringify({ send: "انشر" })}
      autoload
      className="card"
      style={{ "--maqal-accent": "#b3122a", marginBlock: 8 }}
      onmaqal:ready={({ detail }) => told(detail.title)}
    >
      <article>
        <h1>عنوان</h1>
      </article>
    </maqal-card>
  );
}

export const counts = (
  <maqal-count thread="https://news.example/a/42" few="{n} ردود" onmaqal:error={(event) => console.warn(event.detail.message)}>
    تعليقات
  </maqal-count>
);

export const refused = (
  <>
    {/* @ts-expect-error: no such theme */}
    <maqal-card theme="blue" />
    {/* @ts-expect-error: an object would become "[object Object]" where the element is not defined yet */}
    <maqal-card words={{ send: "انشر" }} />
    {/* @ts-expect-error: no such attribute */}
    <maqal-card source="/article.json" />
    {/* @ts-expect-error: the detail has no number */}
    <maqal-card onmaqal:ready={({ detail }) => detail.total} />
    {/* @ts-expect-error: no such custom property */}
    <maqal-card style={{ "--maqal-colour": "#b3122a" }} />
    {/* @ts-expect-error: no such element */}
    <maqal-cards />
  </>
);
