import { messages } from './lint-message.js';

/** Databases, directories, and the settings around them. */
export const sourceMessages = messages({
  'cache-off-directory': {
    severity: 'warning', fault: 'CacheTTL is off for the directory {block}.',
    consequence: 'Each page and each ticket asks the directory again for every person on it.',
    cure: 'Set CacheTTL to some minutes, for example 300.',
  },
  'cache-long': {
    severity: 'information', fault: 'CacheTTL of {block} is {days} days.',
    consequence: 'A person who is changed or locked elsewhere stays as before for as long.',
    cure: 'Write 86400 (a day) or less.',
  },
  'read-only-setting': {
    severity: 'information', fault: '{key} is set for {block}, which is never written.',
    consequence: 'It has no effect.',
    cure: 'Take it out.',
  },
  'customers-default': {
    severity: 'information', fault: 'CustomerCompanySupport is on for {block}, and the file has no CustomerCompany block.',
    consequence: "Customers are looked up in the helpdesk's own table customer_company.",
    cure: 'Nothing where this is meant; otherwise add a CustomerCompany block, or set CustomerCompanySupport to 0.',
  },
  'email-unique-off': {
    severity: 'information', fault: 'CustomerUserEmailUniqCheck is off for {block}.',
    consequence: 'Two people may share an address; mail from it is then assigned to one of them without notice.',
    cure: 'Set it to 1.',
  },
  'dsn-unknown': {
    severity: 'error', fault: 'The DSN of {block} names a kind of database that is not known here.',
    consequence: 'The source cannot be opened.',
    cure: 'MySQL, MariaDB and PostgreSQL are: DBI:mysql:…, DBI:MariaDB:…, DBI:Pg:….',
  },
  'dsn-without-user': {
    severity: 'warning', fault: '{block} has a DSN and no User.',
    consequence: 'Who signs in to the database is up to the machine, and differs between the helpdesk and this product.',
    cure: 'Add User and Password.',
  },
  'dsn-needs-audit-columns': {
    severity: 'information', fault: '{block} has a database of its own and ForeignDB is off.',
    consequence: 'Its table needs create_time, create_by, change_time and change_by.',
    cure: 'Set ForeignDB to 1 where the table has none of them.',
  },
  'secret-in-clear': {
    severity: 'information', fault: '{key} of {block} stands in the file in clear.',
    consequence: 'Everyone who can read the file, or a copy of it, can sign in there.',
    cure: 'Let only the service read the file, and give this account no more rights than it needs.',
  },
  'ldap-plain-password': {
    severity: 'warning', fault: '{block} sends its password over an unencrypted connection ({host}).',
    consequence: 'Everyone on the way can read the password and every record.',
    cure: 'Use ldaps://, or StartTLS.',
  },
  'ldap-plain-password-local': {
    severity: 'information', fault: '{block} sends its password unencrypted, to this machine itself ({host}).',
    consequence: 'Only somebody on this machine could listen.',
    cure: 'Use ldaps:// where the directory offers it.',
  },
  'ldap-half-credentials': {
    severity: 'warning', fault: '{block} has only one of UserDN and UserPw.',
    consequence: 'The directory is asked without signing in, and may show little or nothing.',
    cure: 'Set both, or none.',
  },
  'ldap-filter-malformed': {
    severity: 'error', fault: '{key} is no filter: {reason} at character {position}.',
    consequence: 'The directory refuses every search, or finds other people than meant.',
    cure: 'Each condition has its own brackets: (&(objectClass=person)(!(employeeType=left))).',
  },
  'ldap-scope-unknown': {
    severity: 'error', fault: 'SSCOPE of {block} is {scope}.',
    consequence: 'The directory cannot be searched.',
    cure: 'Write sub, one or base.',
  },
  'ldap-base-empty': {
    severity: 'warning', fault: 'BaseDN of {block} is empty.',
    consequence: 'The search begins at the root of the directory, which most directories refuse or answer with nothing.',
    cure: 'Name the branch that holds the people: ou=people,dc=example,dc=net.',
  },
  'ldap-dn-malformed': {
    severity: 'warning', fault: '{key} of {block} does not look like a name in a directory.',
    consequence: 'The directory answers "no such object", or refuses to let the account in.',
    cure: 'Write it as attribute=value, joined by commas: cn=reader,dc=example,dc=net.',
  },
  'ldap-charset-unknown': {
    severity: 'error', fault: 'SourceCharset {charset} is not known here.',
    consequence: 'Letters with accents cannot be read.',
    cure: 'Take it out (utf-8), or write iso-8859-1.',
  },
  'ldap-unverified': {
    severity: 'warning', fault: '{block} does not check the certificate of its directory.',
    consequence: 'Whoever stands in between can read and change everything, the password included.',
    cure: 'Name the authority that signed the certificate in CAFile, and take UnverifiedTLSReason out.',
  },
  'ldap-version-old': {
    severity: 'error', fault: 'Params.version of {block} is {version}.',
    consequence: 'Only version 3 is spoken here; version 2 knows neither Unicode nor encryption.',
    cure: 'Write 3.',
  },
  'ldap-port-mismatch': {
    severity: 'warning', fault: '{host} and port {port} of {block} do not fit together.',
    consequence: 'The connection hangs or breaks: one side speaks encrypted and the other does not.',
    cure: 'ldaps:// has port 636, ldap:// has 389.',
  },
  'ldap-attribute-upper-case': {
    severity: 'warning', fault: '{place} is {attribute}, with capital letters.',
    consequence: 'The helpdesk finds no value for it, as it compares with small letters; this product does not mind.',
    cure: 'Write {lower}.',
  },
  'ldap-password-mapped': {
    severity: 'warning', fault: 'The Map of the directory {block} has a row for UserPassword.',
    consequence: 'Stored passwords would be fetched; they are never used nor shown.',
    cure: 'Take the row out.',
  },
  'ldap-row-writable': {
    severity: 'information', fault: '{rows} rows of the Map of {block} are not marked as read only.',
    consequence: 'None: a directory is never written. The helpdesk offers the fields for editing and then fails.',
    cure: 'Set the eighth element of each row to 1.',
  },
  'sign-in-missing': {
    severity: 'information', fault: 'No Customer::AuthModule of this file signs people in at a directory, although {block} is one.',
    consequence: 'The people of {block} are shown and cannot sign in, unless the settings in the helpdesk\'s database say otherwise.',
    cure: 'Set Customer::AuthModule with a free number to Kernel::System::CustomerAuth::LDAP.',
  },
  'password-type-weak': {
    severity: 'warning', fault: '{key} is {type}.',
    consequence: 'Whoever gets hold of the table finds out most passwords within hours.',
    cure: 'Write bcrypt; passwords are converted as they are set anew.',
  },
  'bcrypt-cost-range': {
    severity: 'warning', fault: '{key} is {cost}.',
    consequence: 'It is taken as {taken}.',
    cure: 'Write 12, or a number from 9 to 31.',
  },
  'groups-off': {
    severity: 'warning', fault: '{key} is set, but CustomerGroupSupport is not on in this file.',
    consequence: 'Groups of customer users have no effect: everybody may do the same everywhere.',
    cure: 'Set CustomerGroupSupport to 1, or take {key} out.',
  },
  'permission-rw-not-last': {
    severity: 'warning', fault: 'System::Customer::Permission does not end with rw.',
    consequence: 'rw stands for all types before it; those behind it are lost.',
    cure: 'Put rw last.',
  },
  'mapping-variable-unmapped': {
    severity: 'warning', fault: '{setting} takes {variable}, and no Map has it.',
    consequence: 'The ticket field {field} is emptied at each new ticket and each change of its customer.',
    cure: 'Correct the variable, or add a row for it.',
  },
  'mapping-off': {
    severity: 'information', fault: '{setting} is set, and this file does not switch on {module}.',
    consequence: "Ticket fields are not filled, unless the settings in the helpdesk's database switch it on.",
    cure: "Set $Self->{'Ticket::EventModulePost'}->{'{module}'}, or take the mapping out.",
  },
  'mapping-field-twice': {
    severity: 'warning', fault: '{setting} fills the ticket field {field} from {variable} and from {other}.',
    consequence: 'The one later in the alphabet wins, also when it is empty.',
    cure: 'Give each variable a field of its own.',
  },
  'pattern-unreadable': {
    severity: 'error', fault: '{key} is no regular expression that can be read here.',
    consequence: 'Addresses cannot be checked with it.',
    cure: "Write it without Perl's own extensions.",
  },
  'setting-type': {
    severity: 'error', fault: 'The setting {key} must be {expected}.',
    consequence: 'It cannot be used.',
    cure: 'Write {example}.',
  },
  'setting-unknown': {
    severity: 'warning', fault: 'The setting {key} is not known here.',
    consequence: 'It has no effect.',
    cure: 'Correct its spelling, or take it out.',
  },
  'top-level-unknown': {
    severity: 'warning', fault: '{key} is neither a block nor Settings.',
    consequence: 'It has no effect.',
    cure: 'Blocks are called CustomerUser, CustomerUser1 … and CustomerCompany, CustomerCompany1 ….',
  },
});
