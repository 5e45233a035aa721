package dev.agora.session.login;

import java.time.Duration;

import jakarta.validation.Valid;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.problem.Unauthenticated;
import dev.agora.platform.web.Caller;
import dev.agora.session.member.Credentials;
import dev.agora.session.member.Profile;

/** Logs members in and out. */
@RestController
public final class LoginController {

	/** The browser's way to send the token; scripts of a page cannot read it. */
	static final String COOKIE = "__Host-agora";

	private final Credentials credentials;

	private final Tokens tokens;

	private final SessionCache sessions;

	private final Duration cookieLifetime;

	public LoginController(Credentials credentials, Tokens tokens, SessionCache sessions, LoginSettings settings) {
		this.credentials = credentials;
		this.tokens = tokens;
		this.sessions = sessions;
		this.cookieLifetime = settings.absoluteLifetime();
	}

	@PostMapping("/sessions")
	Mono<ResponseEntity<SessionView>> logIn(@Valid @RequestBody NewSession body) {
		return requireMember(body).zipWhen((member) -> this.tokens.draw())
			.flatMap((pair) -> open(pair.getT2(), pair.getT1(), body));
	}

	@DeleteMapping("/sessions/current")
	Mono<ResponseEntity<Void>> logOut(Caller caller) {
		return this.sessions.end(caller.sessionId())
			.thenReturn(ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO)).build());
	}

	private Mono<Profile> requireMember(NewSession wanted) {
		return this.credentials.check(wanted.handle(), wanted.password())
			.switchIfEmpty(Mono.error(() -> new Unauthenticated("Handle or password is wrong.")));
	}

	private Mono<ResponseEntity<SessionView>> open(Token token, Profile member, NewSession wanted) {
		return this.sessions.open(token, member, wanted.device())
			.map((session) -> ResponseEntity.status(HttpStatus.CREATED)
				.header(HttpHeaders.SET_COOKIE, cookie(token.text(), this.cookieLifetime))
				.header(HttpHeaders.CACHE_CONTROL, "no-store")
				.body(SessionView.of(session, token)));
	}

	private static String cookie(String token, Duration lifetime) {
		return ResponseCookie.from(COOKIE, token)
			.path("/")
			.secure(true)
			.httpOnly(true)
			.sameSite("Lax")
			.maxAge(lifetime)
			.build()
			.toString();
	}

}
