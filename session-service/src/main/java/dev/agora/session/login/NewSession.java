package dev.agora.session.login;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to log in.
 *
 * @param handle the member's handle
 * @param password the member's password
 * @param device what the client calls itself
 */
record NewSession(
		@NotNull(message = "must be given") @Size(max = 30,
				message = "must be at most 30 characters long") String handle,
		@NotNull(message = "must be given") @Size(max = 200,
				message = "must be at most 200 characters long") String password,
		@Nullable @Size(max = 100, message = "must be at most 100 characters long") String device) {

	/** Keeps the password out of logs. */
	@Override
	public String toString() {
		return "NewSession[handle=" + this.handle + "]";
	}

}
