package dev.agora.session.session;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/** Lists and ends the sessions of the calling member. */
@RestController
public final class SessionController {

	private final SessionCache sessions;

	public SessionController(SessionCache sessions) {
		this.sessions = sessions;
	}

	@GetMapping("/sessions")
	Mono<Page<OpenSessionView>> list(Caller caller, PageRequest request) {
		return this.sessions.list(caller.id(), request)
			.map((page) -> page.map((session) -> OpenSessionView.of(session, caller.sessionId())));
	}

	/** Ends the current session; a session that has just ended gets the same response. */
	@DeleteMapping("/sessions/current")
	Mono<ResponseEntity<Void>> logOut(Caller caller) {
		return this.sessions.end(caller.id(), caller.sessionId()).thenReturn(loggedOut());
	}

	/** Ends one of the caller's sessions; 404 for a session of another member. */
	@DeleteMapping("/sessions/{id}")
	Mono<ResponseEntity<Void>> end(@PathVariable String id, Caller caller) {
		return Mono.just(id)
			.filter(IdGenerator::isId)
			.filterWhen((valid) -> this.sessions.end(caller.id(), valid))
			.switchIfEmpty(Mono.error(() -> NotFound.of("session", id)))
			.map((ended) -> ended.equals(caller.sessionId()) ? loggedOut() : ResponseEntity.noContent().build());
	}

	@DeleteMapping("/sessions")
	Mono<ResponseEntity<Void>> endAll(Caller caller) {
		return this.sessions.endAll(caller.id(), caller.sessionId()).thenReturn(loggedOut());
	}

	private static ResponseEntity<Void> loggedOut() {
		return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, SessionCookie.cleared()).build();
	}

}
