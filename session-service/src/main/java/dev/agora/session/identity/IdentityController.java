package dev.agora.session.identity;

import jakarta.validation.Valid;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.problem.NotFound;
import dev.agora.session.session.SessionCache;
import dev.agora.session.session.Token;

/**
 * Resolves tokens to signed identities for the gateway. No client can reach this
 * endpoint.
 */
@RestController
public final class IdentityController {

	private final SessionCache sessions;

	private final Identities identities;

	public IdentityController(SessionCache sessions, Identities identities) {
		this.sessions = sessions;
		this.identities = identities;
	}

	/** Returns the identity behind a token; 404 if the token has no open session. */
	@PostMapping("/internal/identities")
	Mono<SignedIdentity> identify(@Valid @RequestBody IdentityRequest body) {
		return Mono.justOrEmpty(Token.parse(body.token()))
			.flatMap(this.sessions::find)
			.switchIfEmpty(Mono.error(() -> new NotFound("There is no such session.")))
			.flatMap((session) -> this.identities.getOrIssue(session, body.audience()));
	}

}
