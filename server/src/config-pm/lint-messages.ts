import type { LintMessage } from './lint-message.js';
import { blockMessages } from './lint-messages-blocks.js';
import { sourceMessages } from './lint-messages-sources.js';
import { unreadMessages } from './lint-messages-unread.js';

/** Every check there is, with its sentences in English. */
export const lintMessages = { ...blockMessages, ...sourceMessages, ...unreadMessages };
export type LintCode = keyof typeof lintMessages;

/** The sentences of a finding with its parameters in their places. */
export function describeFinding({ code, params }: { code: LintCode; params: Readonly<Record<string, string | number>> }): LintMessage {
  const { severity, fault, consequence, cure } = lintMessages[code];
  const filled = (sentence: string): string => sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));
  return { severity, fault: filled(fault), consequence: filled(consequence), cure: filled(cure) };
}
