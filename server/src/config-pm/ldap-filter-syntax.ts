const depthLimit = 50;
const attribute = /(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*)(?:;[A-Za-z0-9-]+)*/y;
/** The assertion of RFC 4515; an extensible match may leave out the attribute. */
const operator = /=|~=|>=|<=|(?::dn)?(?::[A-Za-z0-9.-]+)?:=/y;
const value = /(?:[^()\\]|\\[0-9A-Fa-f]{2})*/y;

export interface FilterFault {
  /** Of the character, from 1. */
  readonly position: number;
  readonly reason: string;
}

/** The first thing that keeps the text from being a search filter of RFC 4515; `null`: it is one. */
export function filterFaultOf(text: string): FilterFault | null {
  return new FilterReader(text).read();
}

class FilterReader {
  private position = 0;

  constructor(private readonly text: string) {}

  read(): FilterFault | null {
    const fault = this.filter(0);
    if (fault !== null) return fault;
    this.skipSpace();
    if (this.position === this.text.length) return null;
    return this.fault(this.text[this.position] === ')' ? 'a closing bracket too many' : 'nothing more is expected');
  }

  private filter(depth: number): FilterFault | null {
    this.skipSpace();
    if (depth > depthLimit) return this.fault('brackets are nested too deeply');
    const opened = this.position;
    if (this.text[opened] !== '(') return this.fault('an opening bracket is missing');
    this.position += 1;
    this.skipSpace();
    const fault = this.inner(depth);
    if (fault !== null) return fault;
    this.skipSpace();
    if (this.text[this.position] === ')') {
      this.position += 1;
      return null;
    }
    return this.position < this.text.length ? this.fault('a closing bracket is missing') : { position: opened + 1, reason: 'the bracket that opens is never closed' };
  }

  private inner(depth: number): FilterFault | null {
    const sign = this.text[this.position];
    if (sign === '!') {
      this.position += 1;
      return this.filter(depth + 1);
    }
    if (sign !== '&' && sign !== '|') return this.condition();
    this.position += 1;
    this.skipSpace();
    while (this.position < this.text.length && this.text[this.position] !== ')') {
      const fault = this.filter(depth + 1);
      if (fault !== null) return fault;
      this.skipSpace();
    }
    return null;
  }

  private condition(): FilterFault | null {
    const hasAttribute = this.take(attribute);
    const start = this.position;
    if (!this.take(operator)) return this.fault(hasAttribute ? 'one of = ~= >= <= is expected behind the attribute' : 'an attribute is expected');
    if (!hasAttribute && this.text[start] !== ':') return { position: start + 1, reason: 'an attribute is expected' };
    this.take(value);
    return this.text[this.position] === '\\' ? this.fault('a backslash must be followed by two hex digits') : null;
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0] ?? null;
    this.position += found?.length ?? 0;
    return found !== null;
  }

  private skipSpace(): void {
    while (/\s/.test(this.text.charAt(this.position))) this.position += 1;
  }

  private fault(reason: string): FilterFault {
    return { position: this.position + 1, reason };
  }
}
