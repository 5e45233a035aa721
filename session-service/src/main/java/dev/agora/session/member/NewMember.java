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
 * The request of a client to register a member.
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

	/** The pattern of a handle. */
	public static final String HANDLE = "[a-z0-9_]{3,30}";

	/** The message about a handle that does not match. */
	public static final String HANDLE_FORM = "must be 3 to 30 of a-z, 0-9 and _";

	/** The maximum number of characters of a name. */
	public static final int MAX_NAME = 100;

	/** The maximum number of characters of a password. */
	public static final int MAX_PASSWORD = 200;

	public NewMember {
		name = Nfc.of(name);
		password = OpaqueString.of(password);
	}

	Change<Member> toMember(String passwordHash, Instant at) {
		return Member.register(this.handle, this.name, passwordHash, at);
	}

	/** Keeps the password out of logs. */
	@Override
	public String toString() {
		return "NewMember[handle=" + this.handle + ", name=" + this.name + "]";
	}

}
