/**
 * Members, their passwords and sessions, and the signed identities that the gateway
 * passes to the other services. <pre>
 * register  gateway > member.MemberController > Passwords > Members (ONE update with the event) > MemberCache
 * log in    gateway > login.LoginController > login.LoginAttempts > member.Credentials > session.Tokens > SessionCache > Sessions
 * import    gateway > imports.MemberImportController > job: MemberImportHandler > member.BulkRegistrations > Handles, Members
 * rename    gateway > account.AccountController > Members (ONE update with the event) > MemberCache > SessionCache
 * delete    gateway > account.AccountController > Members > MemberCache > SessionCache; MemberListener repeats it
 * operators management port > operator.OperatorsEndpoint > Members (ONE update with the event) > SessionCache > RevocationPublisher
 * log out   gateway > session.SessionController > SessionCache > Sessions > RevocationPublisher
 * each call gateway TokenSwapFilter > identity.IdentityController > SessionCache > Identities > TokenIssuer
 * </pre>
 */
@NullMarked
package dev.agora.session;

import org.jspecify.annotations.NullMarked;
