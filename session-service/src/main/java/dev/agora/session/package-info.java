/**
 * Who is calling: members, their passwords, their sessions, and the signed identities
 * that the gateway hands to the other services. <pre>
 * register  gateway > member.MemberController > Passwords > Members (ONE update with the event) > MemberCache
 * log in    gateway > login.LoginController > login.LoginAttempts > member.Credentials > login.Tokens > SessionCache > Sessions
 * rename    gateway > account.AccountController > Members (ONE update with the event) > MemberCache > SessionCache
 * leave     gateway > account.AccountController > Members > MemberCache > SessionCache; MemberListener does it again
 * log out   gateway > login.SessionController > SessionCache > Sessions > Revocations
 * each call gateway TokenSwapFilter > login.IdentityController > SessionCache > Identities > TokenIssuer
 * </pre>
 */
@NullMarked
package dev.agora.session;

import org.jspecify.annotations.NullMarked;
