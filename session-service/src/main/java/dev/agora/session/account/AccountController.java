package dev.agora.session.account;

import java.util.Optional;

import jakarta.validation.Valid;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.session.member.MemberCache;
import dev.agora.session.member.MemberView;
import dev.agora.session.member.Members;
import dev.agora.session.member.Profile;
import dev.agora.session.session.SessionCache;
import dev.agora.session.session.SessionCookie;

/** Changes the name of the calling member, and deletes them. */
@RestController
public final class AccountController {

	private static final String MERGE_PATCH = "application/merge-patch+json";

	private final Members members;

	private final MemberCache cache;

	private final SessionCache sessions;

	public AccountController(Members members, MemberCache cache, SessionCache sessions) {
		this.members = members;
		this.cache = cache;
		this.sessions = sessions;
	}

	@PatchMapping(path = "/members/me", consumes = { MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH })
	Mono<ResponseEntity<MemberView>> rename(Caller caller, IfMatch ifMatch, @Valid @RequestBody NewName body) {
		return this.members.rename(caller.id(), ifMatch, body.name())
			.flatMap(this.cache::put)
			.flatMap((member) -> renameSessions(caller, member))
			.map(AccountController::toResponse);
	}

	/**
	 * Deletes the caller. {@code If-Match} is checked but not required, since a deletion
	 * overwrites no change of another client. A member who is deleted already gets the
	 * same response.
	 */
	@DeleteMapping("/members/me")
	Mono<ResponseEntity<Void>> delete(Caller caller, Optional<IfMatch> ifMatch) {
		return this.members.delete(caller.id(), ifMatch)
			.onErrorResume(NotFound.class, (deletedAlready) -> Mono.empty())
			.then(Mono.defer(() -> this.cache.remove(caller.id())))
			.then(Mono.defer(() -> this.sessions.endAll(caller.id())))
			.thenReturn(toDeleted());
	}

	/**
	 * Writes the new name into the member's sessions. If this fails, the name stays
	 * changed, and the listener of the event renames the sessions. If the session of the
	 * caller already has the member's version, nothing was changed.
	 */
	private Mono<Profile> renameSessions(Caller caller, Profile member) {
		return (caller.version() >= member.version()) ? Mono.just(member)
				: this.sessions.changeMember(member).onErrorComplete(Unavailable.class).thenReturn(member);
	}

	private static ResponseEntity<MemberView> toResponse(Profile member) {
		return ResponseEntity.ok().eTag(Long.toString(member.version())).body(MemberView.of(member));
	}

	private static ResponseEntity<Void> toDeleted() {
		return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, SessionCookie.cleared()).build();
	}

}
