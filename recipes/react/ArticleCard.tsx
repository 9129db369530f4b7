/**
 * An article with its conversation. `children` are the same article in plain markup: what search engines and readers without
 * scripts see, and all that a server renders.
 */
import "maqal-card/react";
import type { MaqalCard, MaqalCardAttributes } from "maqal-card/react";
import { type ReactNode, useEffect, useRef } from "react";

interface Props extends MaqalCardAttributes {
  children: ReactNode;
  /** The reader, as your server signed it (a JSON Web Token); `null` where nobody is signed in. */
  identity?: string | null;
  /** Hears how long the conversation is, whenever that is known anew. */
  onCount?: (total: number) => void;
}

export function ArticleCard({ children, identity = null, onCount, ...attributes }: Props) {
  const card = useRef<MaqalCard>(null);
  // A property set in the browser: as an attribute, the token would stand in what a server renders.
  useEffect(() => {
    if (card.current) card.current.identity = identity;
  }, [identity]);
  return (
    <maqal-card ref={card} {...attributes} onmaqal:count={({ detail }) => onCount?.(detail.total)}>
      {children}
    </maqal-card>
  );
}
