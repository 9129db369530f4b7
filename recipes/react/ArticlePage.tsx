/** A page of yours that has the card. */
import { useState } from "react";
import { ArticleCard } from "./ArticleCard";

export interface Article {
  /** Its own page: the conversation's name. */
  url: string;
  /** Where it is as JSON-LD, or in another format that the card reads. */
  source: string;
  title: string;
  lead: string;
}

export function ArticlePage({ article, identity }: { article: Article; identity?: string | null }) {
  const [total, setTotal] = useState(0);
  return (
    <main lang="ar" dir="rtl">
      <p className="total">{total > 0 && `التعليقات: ${total}`}</p>
      <ArticleCard
        src={article.source}
        endpoint="https://talk.example/api/comments"
        thread={article.url}
        identity={identity ?? null}
        onCount={setTotal}
      >
        <article>
          <h1>{article.title}</h1>
          <p>{article.lead}</p>
        </article>
      </ArticleCard>
    </main>
  );
}
