package dev.agora.session.login;

import java.time.Duration;
import java.util.Optional;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.identity.ClientAddress;
import dev.agora.platform.problem.Unauthenticated;
import dev.agora.session.member.Credentials;
import dev.agora.session.member.Profile;
import dev.agora.session.session.Session;
import dev.agora.session.session.SessionCache;
import dev.agora.session.session.SessionCookie;
import dev.agora.session.session.SessionSettings;
import dev.agora.session.session.SessionView;
import dev.agora.session.session.Token;
import dev.agora.session.session.Tokens;

/** Logs members in. */
@RestController
public final class LoginController {

	private final Credentials credentials;

	private final LoginAttempts attempts;

	private final Tokens tokens;

	private final SessionCache sessions;

	private final Duration cookieLifetime;

	public LoginController(Credentials credentials, LoginAttempts attempts, Tokens tokens, SessionCache sessions,
			SessionSettings settings) {
		this.credentials = credentials;
		this.attempts = attempts;
		this.tokens = tokens;
		this.sessions = sessions;
		this.cookieLifetime = settings.absoluteLifetime();
	}

	@PostMapping("/sessions")
	Mono<ResponseEntity<SessionView>> logIn(@Valid @RequestBody NewSession body,
			@RequestHeader(name = ClientAddress.HEADER, required = false) @Nullable String forwardedFor) {
		Optional<ClientAddress> from = ClientAddress.parse(forwardedFor);
		return requireMember(body, from).zipWhen((member) -> this.tokens.generate())
			.flatMap((pair) -> open(pair.getT2(), pair.getT1(), body.device(), from));
	}

	private Mono<Profile> requireMember(NewSession request, Optional<ClientAddress> from) {
		return this.attempts
			.guard(request.handle(), from, this.credentials.authenticate(request.handle(), request.password()))
			.switchIfEmpty(Mono.error(LoginController::wrongCredentials));
	}

	/**
	 * Brings a new session in line with its member. If the member was renamed or deleted
	 * before the session existed, while the password was verified, it was not changed or
	 * ended together with the other sessions.
	 */
	private Mono<Session> reconcile(Session session) {
		String id = session.member().id();
		return this.credentials.reload(id)
			.switchIfEmpty(
					Mono.defer(() -> this.sessions.endAll(id)).then(Mono.error(LoginController::wrongCredentials)))
			.flatMap((member) -> (member.version() == session.memberVersion()) ? Mono.just(session)
					: this.sessions.changeMember(member).thenReturn(session.withMember(member)));
	}

	private static Unauthenticated wrongCredentials() {
		return new Unauthenticated("Handle or password is wrong.");
	}

	Mono<ResponseEntity<SessionView>> open(Token token, Profile member, @Nullable String device,
			Optional<ClientAddress> from) {
		return this.sessions.open(token, member, device, from.map(ClientAddress::toString).orElse(null))
			.flatMap(this::reconcile)
			.map((session) -> ResponseEntity.status(HttpStatus.CREATED)
				.header(HttpHeaders.SET_COOKIE, SessionCookie.of(token, this.cookieLifetime))
				.header(HttpHeaders.CACHE_CONTROL, "no-store")
				.body(SessionView.of(session, token)));
	}

}
