package dev.agora.session.login;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.text.Nfc;
import dev.agora.platform.text.OpaqueString;
import dev.agora.platform.text.TextForm;
import dev.agora.platform.text.TypedText;
import dev.agora.session.member.NewMember;

/**
 * The request of a client to log in. Handle and password are compared, never stored.
 *
 * @param handle the member's handle
 * @param password the member's password
 * @param device the name that the client gives itself
 */
record NewSession(
		@NotNull(message = "must be given") @TypedText(form = TextForm.ANY, max = 30, blank = true) String handle,
		@NotNull(message = "must be given") @TypedText(form = TextForm.ANY, max = NewMember.MAX_PASSWORD,
				blank = true) String password,
		@Nullable @TypedText(max = 100, blank = true) String device) {

	NewSession {
		password = OpaqueString.of(password);
		device = (device != null) ? Nfc.of(device) : null;
	}

	/** Keeps the password out of logs. */
	@Override
	public String toString() {
		return "NewSession[handle=" + this.handle + "]";
	}

}
