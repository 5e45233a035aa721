package dev.agora.session.login;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import dev.agora.session.member.NewMember;

/**
 * What a client sends to log in.
 *
 * @param handle the member's handle
 * @param password the member's password
 * @param device what the client calls itself
 */
record NewSession(
		@NotNull(message = "must be given") @Size(max = 30, message = "must be at most 30 characters long") @Pattern(
				regexp = NewMember.WELL_FORMED, message = NewMember.NOT_WELL_FORMED) String handle,
		@NotNull(message = "must be given") @Size(max = 200, message = "must be at most 200 characters long") @Pattern(
				regexp = NewMember.WELL_FORMED, message = NewMember.NOT_WELL_FORMED) String password,
		@Nullable @Size(max = 100, message = "must be at most 100 characters long") @Pattern(regexp = NewMember.LINE,
				message = "must have no control characters") String device) {

	/** Keeps the password out of logs. */
	@Override
	public String toString() {
		return "NewSession[handle=" + this.handle + "]";
	}

}
