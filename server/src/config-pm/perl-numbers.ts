const radixPattern = /0(?:[xX]([0-9A-Fa-f_]+)|[bB]([01_]+)|[oO]?([0-7_]+))(?![\w.])/y;
const decimalPattern = /(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y;
const versionPattern = /\d+(?:\.\d+){2,}/y;

/** A numeric literal of Perl; `null` where this reader cannot hold it exactly, or where it is no number (`1.2.3`). */
export function readNumber(source: string, at: number): { value: number | null; end: number } {
  versionPattern.lastIndex = at;
  if (versionPattern.test(source)) return { value: null, end: versionPattern.lastIndex };
  radixPattern.lastIndex = at;
  const radix = radixPattern.exec(source);
  if (radix !== null) {
    const [, hex, binary, octal] = radix;
    const digits = (hex ?? binary ?? octal ?? '').replaceAll('_', '');
    const value = digits === '' ? 0 : Number.parseInt(digits, hex === undefined ? (binary === undefined ? 8 : 2) : 16);
    return { value: exact(value), end: radixPattern.lastIndex };
  }
  decimalPattern.lastIndex = at;
  const decimal = decimalPattern.exec(source);
  if (decimal === null) return { value: null, end: at + 1 };
  const isOctalTypo = /^0\d/.test(decimal[0]);
  return { value: isOctalTypo ? null : exact(Number(decimal[0].replaceAll('_', ''))), end: decimalPattern.lastIndex };
}

/** From sixteen digits on Perl and we hold and write whole numbers differently: nothing is said rather than something rounded. */
export function exact(value: number): number | null {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return null;
  return value === 0 ? 0 : value;
}

/** A number as Perl writes it into a text: fifteen significant digits, whole numbers in full. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const [mantissa = '', exponent = '0'] = value.toExponential(14).split('e');
  const power = Number(exponent);
  if (power < -4) return `${mantissa.replace(/\.?0+$/, '')}e-${String(-power).padStart(2, '0')}`;
  return String(Number(value.toPrecision(15)));
}

/** A text as Perl counts with it, where it is a number as a whole; anything else is not guessed. */
export function numberOf(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed.length > 40 || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)) return null;
  return exact(Number(trimmed));
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '**';

/** Perl's arithmetic on what both sides hold exactly; `null` where the result is not exact or Perl would die. */
export function calculate(operator: ArithmeticOperator, left: number, right: number): number | null {
  switch (operator) {
    case '+':
      return exact(left + right);
    case '-':
      return exact(left - right);
    case '*':
      return exact(left * right);
    case '/':
      return right === 0 ? null : exact(left / right);
    case '**':
      return exact(left ** right);
    case '%': {
      const divisor = Math.trunc(right);
      if (divisor === 0) return null;
      const rest = Math.trunc(left) % divisor;
      return rest !== 0 && rest < 0 !== divisor < 0 ? rest + divisor : rest + 0;
    }
  }
}
