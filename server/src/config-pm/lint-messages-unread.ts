import { messages } from './lint-message.js';

const skipped = 'What it would set ({skipped}) is not known and left out; everything else is read.';
const write = 'Write the value itself.';

/** What a Config.pm holds and a reader that runs nothing cannot know: one for each UnreadCode, and what follows from them. */
export const unreadMessages = messages({
  'restriction-unread': {
    severity: 'error', fault: '{key} of {block} depends on code that is not run here.',
    consequence: 'It restricts who is shown or what is written: without it too much would be allowed, so the file is not used.',
    cure: 'Write its value itself into the block, without a condition or a function.',
  },
  'unread-call': { severity: 'warning', fault: 'A function is called: {text}', consequence: skipped, cure: write },
  'unread-environment': { severity: 'warning', fault: 'The environment is asked: {text}', consequence: skipped, cure: write },
  'unread-condition': {
    severity: 'warning', fault: 'This applies only under a condition: {text}',
    consequence: 'It is not applied ({skipped}); everything else is read.',
    cure: 'Write what is to apply without the condition.',
  },
  'unread-loop': {
    severity: 'warning', fault: 'This stands in a loop: {text}',
    consequence: 'It is not applied ({skipped}); everything else is read.',
    cure: 'Write out what the loop sets.',
  },
  'unread-code': { severity: 'warning', fault: 'Code would have to be run: {text}', consequence: skipped, cure: 'Write what it sets as values.' },
  'unread-regular-expression': { severity: 'warning', fault: 'A regular expression is used: {text}', consequence: skipped, cure: write },
  'unread-command': { severity: 'warning', fault: 'A command or a file is read: {text}', consequence: skipped, cure: write },
  'unread-variable': { severity: 'warning', fault: 'A value is used that is itself not known: {text}', consequence: skipped, cure: write },
  'unread-not-set': {
    severity: 'warning', fault: 'A setting is used that this file does not set before: {text}',
    consequence: skipped,
    cure: 'Write the value itself, or set it further up.',
  },
  'unread-interpolation': {
    severity: 'warning', fault: 'A text in double quotes holds something that Perl would compute: {text}',
    consequence: skipped,
    cure: 'Use single quotes; a $ or @ that is meant as such is written \\$ or \\@ in double quotes.',
  },
  'unread-operator': { severity: 'warning', fault: 'Something is computed that is not followed here: {text}', consequence: skipped, cure: write },
  'unread-number': {
    severity: 'warning', fault: 'A number is not known exactly, or is none: {text}',
    consequence: skipped,
    cure: 'Write the number in digits, with fifteen at most.',
  },
  'unread-assignment': { severity: 'warning', fault: 'A way of setting values that is not followed here: {text}', consequence: skipped, cure: "Write $Self->{'Key'} = value;" },
  'unread-syntax': {
    severity: 'error', fault: 'This is no valid Perl: {text}',
    consequence: 'The helpdesk does not start with it; what was read around here may be wrong.',
    cure: 'Look for a missing comma, semicolon, quote or bracket here or just above.',
  },
  'unread-unterminated': {
    severity: 'error', fault: 'A quote or heredoc begins here and never ends.',
    consequence: 'The helpdesk does not start with it; what comes behind is not read.',
    cure: 'Add the closing quote.',
  },
  'unread-too-deep': { severity: 'warning', fault: 'Brackets are nested too deeply.', consequence: skipped, cure: 'Nest less than a hundred levels.' },
  'unread-too-large': { severity: 'warning', fault: 'A value is too large.', consequence: skipped, cure: 'Make it smaller.' },
  'unread-too-many': {
    severity: 'error', fault: 'A thousand places of this file are not known, and more.',
    consequence: 'What else is not known is not told, so the file is not used.',
    cure: "Check that this is the helpdesk's Kernel/Config.pm, and write values into it instead of code.",
  },
  'unread-unreachable': {
    severity: 'warning', fault: 'This stands behind a return and never happens: {text}',
    consequence: 'It is not applied ({skipped}), neither here nor in the helpdesk.',
    cure: 'Move it above the return.',
  },
  'unread-no-load': {
    severity: 'warning', fault: 'The file has no sub Load.',
    consequence: 'The helpdesk would set nothing from it; the assignments in it were read all the same.',
    cure: "Check that this is the helpdesk's Kernel/Config.pm.",
  },
});
