package dev.agora.session.member;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import dev.agora.platform.document.Change;
import dev.agora.platform.text.Nfc;
import dev.agora.platform.text.OpaqueString;
import dev.agora.platform.text.TypedText;

/**
 * What a client sends to register.
 *
 * @param handle 3 to 30 of a-z, 0-9 and _
 * @param name one line of at most 100 characters
 * @param password 10 to 200 characters; write-only, so that no fingerprint has it
 */
public record NewMember(
		@NotNull(message = "must be given") @Pattern(regexp = HANDLE, message = HANDLE_FORM) String handle,
		@NotNull(message = "must be given") @TypedText(max = MAX_NAME) String name,
		@JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @NotNull(message = "must be given") @TypedText(min = 10,
				max = MAX_PASSWORD, blank = true) String password) {

	/** How a handle is written. */
	public static final String HANDLE = "[a-z0-9_]{3,30}";

	/** What is said of another. */
	public static final String HANDLE_FORM = "must be 3 to 30 of a-z, 0-9 and _";

	/** How many characters a name has at the most. */
	public static final int MAX_NAME = 100;

	/** How many characters a password has at the most. */
	public static final int MAX_PASSWORD = 200;

	public NewMember {
		name = Nfc.of(name);
		password = OpaqueString.of(password);
	}

	Change<Member> toMember(String passwordHash, Instant at) {
		return Member.register(this.handle, this.name, passwordHash, at);
	}

	/** Without the password, so that it does not get into a log. */
	@Override
	public String toString() {
		return "NewMember[handle=" + this.handle + ", name=" + this.name + "]";
	}

}
