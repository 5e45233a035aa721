package dev.agora.session.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A request of the gateway for the identity behind a token.
 *
 * @param token the token as the client sent it
 * @param audience the service that the identity is for
 */
record IdentityRequest(@NotNull(message = "must be given") String token,
		@NotNull(message = "must be given") @Pattern(regexp = "[a-z-]{1,40}",
				message = "must be the name of a service") String audience) {

	/** Keeps the secret out of logs. */
	@Override
	public String toString() {
		return "IdentityRequest[audience=" + this.audience + "]";
	}

}
