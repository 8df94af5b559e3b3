import { messages } from './lint-message.js';

/** Blocks, their keys, their Map and their lists of columns. */
export const blockMessages = messages({
  'source-ignored': {
    severity: 'warning', fault: '{block} is not one of the ten numbered blocks that there may be.',
    consequence: 'The helpdesk never looks at it, and neither does this product: the people in it are missing.',
    cure: 'Give it a free number from 1 to 10.',
  },
  'source-gap': {
    severity: 'information', fault: 'No block uses the numbers {free}, although {block} does.',
    consequence: 'None: gaps are allowed, and the order stays that of the numbers.',
    cure: 'Nothing, or number the blocks without gaps.',
  },
  'block-malformed': {
    severity: 'error', fault: '{block} is not a block of keys with values.',
    consequence: 'It cannot be read.',
    cure: 'Write it as { Key => value }.',
  },
  'key-unknown': {
    severity: 'warning', fault: '{key} is no key that {block} can have.{hint}',
    consequence: 'It has no effect.',
    cure: 'Correct its spelling, or take it out.',
  },
  'key-missing': {
    severity: 'error', fault: '{key} is missing in {block}.',
    consequence: 'The block cannot be used; the helpdesk stops with an error at the same place.',
    cure: 'Add it.',
  },
  'key-old-name': {
    severity: 'information', fault: '{key} is the older name of {newKey}.',
    consequence: 'It still works, and is overlooked easily; with both, {newKey} counts.',
    cure: 'Write {newKey}.',
  },
  'value-type': {
    severity: 'error', fault: '{key} must be {expected}.',
    consequence: 'The block cannot be used.',
    cure: 'Write {example}.',
  },
  'module-unknown': {
    severity: 'error', fault: 'No driver here answers to the module {module}.',
    consequence: 'The source cannot be opened: its records are missing.',
    cure: 'Use {known}; a module of your own needs a driver of its own.',
  },
  'name-missing': {
    severity: 'information', fault: '{block} has no Name.',
    consequence: 'It is shown as "No Name" with a number.',
    cure: 'Give it a Name that agents recognise.',
  },
  'name-duplicate': {
    severity: 'warning', fault: '{block} has the same Name as {other}.',
    consequence: 'Nobody can tell the two sources apart when picking one.',
    cure: 'Give each a Name of its own.',
  },
  'source-duplicate': {
    severity: 'warning', fault: '{block} reads the same table or directory as {other}.',
    consequence: 'Every login is there twice; only the one of {other} is ever used.',
    cure: 'Take one of the two out, or restrict them to different people.',
  },
  'map-row-malformed': {
    severity: 'error', fault: 'Row {row} of the Map is no row: {reason}.',
    consequence: 'The block cannot be used.',
    cure: "Write [ 'UserPhone', 'Phone', 'phone', 1, 0, 'var', '', 0 ].",
  },
  'map-variable-duplicate': {
    severity: 'error', fault: 'The Map has {variable} in row {row} and in row {other}.',
    consequence: 'Which of the two columns is shown and which is written cannot be foreseen.',
    cure: 'Keep one of the rows, or give the other column a variable of its own.',
  },
  'map-variable-missing': {
    severity: 'error', fault: 'The Map has no row for {variable}.',
    consequence: '{effect}',
    cure: 'Add a row for {variable} with the column that holds it.',
  },
  'map-key-unmapped': {
    severity: 'error', fault: 'The key column {column} ({key}) is in no row of the Map.',
    consequence: 'Records are found and have no key to be opened, shown or saved by.',
    cure: 'Map {variable} to {column}, or set {key} to the column that {variable} is mapped to.',
  },
  'map-key-mismatch': {
    severity: 'warning', fault: '{variable} is mapped to {mapped}, but {key} says {column}.',
    consequence: 'What is shown as {variable} is not what records are looked up by.',
    cure: 'Let both name the same column.',
  },
  'map-storage-malformed': {
    severity: 'error', fault: '{place} is no name of a column or attribute: {reason}.',
    consequence: 'It is refused: a name with such characters would reach into the query.',
    cure: 'Write the bare name of the column or attribute.',
  },
  'map-storage-shared': {
    severity: 'information', fault: 'Rows {row} and {other} of the Map share the column {column}.',
    consequence: 'Both show the same value; when saving, the value of row {other} is written.',
    cure: 'Nothing where this is meant.',
  },
  'map-type-unknown': {
    severity: 'warning', fault: '{variable} has the type {type}, which is neither var, int nor dynamic_field.',
    consequence: 'It is treated as text.',
    cure: 'Write var.',
  },
  'map-required-read-only': {
    severity: 'warning', fault: '{variable} is required and read only.',
    consequence: 'When it is empty a record cannot be saved, and nobody can fill it in.',
    cure: 'Make it either required or read only.',
  },
  'map-key-optional': {
    severity: 'information', fault: '{variable} is not marked as required.',
    consequence: 'The form does not ask for it, although a record without it cannot be saved or is of little use.',
    cure: 'Set the fifth element of its row to 1.',
  },
  'map-password-shown': {
    severity: 'warning', fault: 'The password row {row} is marked to be shown.',
    consequence: 'The helpdesk shows the stored hash beside each ticket; this product never shows it.',
    cure: 'Set the fourth element of the row to 0.',
  },
  'map-link-unsafe': {
    severity: 'warning', fault: 'The link of {variable} begins with {scheme}.',
    consequence: 'It is shown as plain text: only http, https, mailto and tel are followed.',
    cure: 'Use one of these four.',
  },
  'map-dynamic-field-name': {
    severity: 'warning', fault: 'The dynamic field {field} has the variable {variable}.',
    consequence: 'Templates and forms look for {expected} and find nothing.',
    cure: 'Name the variable {expected}.',
  },
  'map-validity-missing': {
    severity: 'warning', fault: '{key} names the column {column}, but no row of the Map does.',
    consequence: 'Invalid records are hidden from searches, and nobody can see or change their validity.',
    cure: 'Add a row for ValidID with this column.',
  },
  'map-validity-unused': {
    severity: 'warning', fault: 'ValidID is mapped, but {key} is not set.',
    consequence: 'Every record counts as valid whatever its validity says: nobody can be locked out.',
    cure: 'Set {key} to {column}.',
  },
  'map-validity-text': {
    severity: 'information', fault: 'ValidID has the type {type}, not int.',
    consequence: 'The number is compared and written as text.',
    cure: 'Write int.',
  },
  'list-missing': {
    severity: 'warning', fault: '{key} is missing or empty in {block}.',
    consequence: '{effect}',
    cure: 'List the columns: {example}.',
  },
  'list-email-not-last': {
    severity: 'warning', fault: '{key} does not end with the e-mail column {column}.',
    consequence: 'The name and address of a person are put together wrongly, with quotes or without angle brackets.',
    cure: 'Put {column} last.',
  },
  'list-variable': {
    severity: 'error', fault: '{key} names {variable}, which is a variable; here columns are listed.',
    consequence: 'There is no such column: searches with it fail.',
    cure: 'Write {column} instead.',
  },
  'list-field-unmapped': {
    severity: 'warning', fault: '{key} names {column}, and no row of the Map does.',
    consequence: 'The column is used and never shown: nobody sees why a record is found or named so. A dynamic field there is not found at all.',
    cure: 'Add a row for {column} to the Map, or take it out of the list.',
  },
  'list-field-duplicate': {
    severity: 'information', fault: '{key} names {column} twice.',
    consequence: 'It is compared, or shown, twice.',
    cure: 'Take one out.',
  },
  'list-password': {
    severity: 'error', fault: '{key} names the password column {column}.',
    consequence: 'Hashes could be searched or shown; the block is refused.',
    cure: 'Take it out.',
  },
  'sender-not-by-email': {
    severity: 'warning', fault: '{key} does not name the e-mail column {column}.',
    consequence: 'Senders of mail are not recognised by their address, and duplicate addresses are not noticed.',
    cure: 'Add {column}.',
  },
  'search-prefix-star': {
    severity: 'information', fault: '{key} puts a * before every word.',
    consequence: 'No index helps such a search: on a table of many thousands each one reads it all.',
    cure: "Write '' to search from the beginning of a value; a * can still be typed.",
  },
  'search-suffix-none': {
    severity: 'information', fault: '{key} is empty.',
    consequence: 'Only whole values are found unless a * is typed.',
    cure: "Write '*'.",
  },
  'list-limit-zero': {
    severity: 'warning', fault: '{key} is 0.',
    consequence: 'The helpdesk takes it for "not set" and offers {hostLimit} hits; this product offers 1,000.',
    cure: 'Write the number of hits, or take it out.',
  },
  'list-limit-large': {
    severity: 'information', fault: '{key} is {limit}.',
    consequence: 'A search for a common word fetches as many records before anything is seen.',
    cure: 'Write 1,000 or less: more can be paged to.',
  },
  'selection-unmapped': {
    severity: 'warning', fault: 'Selections has choices for {variable}, and no row of the Map does.',
    consequence: 'They have no effect.',
    cure: 'Correct the variable, or add its row.',
  },
  'selection-empty': {
    severity: 'warning', fault: 'Selections has no choices for {variable}.',
    consequence: 'The field can only be left empty.',
    cure: 'Add choices, or take the entry out.',
  },
});
