package dev.agora.session.member;

import java.time.Instant;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import dev.agora.platform.document.Change;

/**
 * What a client sends to register.
 *
 * @param handle 3 to 30 of a-z, 0-9 and _
 * @param name 1 to 100 characters
 * @param password 10 to 200 characters
 */
public record NewMember(
		@NotNull(message = "must be given") @Pattern(regexp = "[a-z0-9_]{3,30}",
				message = "must be 3 to 30 of a-z, 0-9 and _") String handle,
		@NotNull(message = "must be given") @Size(max = NAME_LENGTH, message = NAME_TOO_LONG) @Pattern(regexp = NAME,
				message = NAME_UNSEEN) String name,
		@NotNull(message = "must be given") @Size(min = 10, max = 200,
				message = "must be 10 to 200 characters long") @Pattern(regexp = WELL_FORMED,
						message = NOT_WELL_FORMED) String password) {

	/** What is well-formed and on one line. */
	public static final String LINE = "[^\\p{Cntrl}\\p{Cs}]*";

	/** How long a name may be. */
	public static final int NAME_LENGTH = 100;

	/** What is said of a longer one. */
	public static final String NAME_TOO_LONG = "must be at most 100 characters long";

	/** One line, of which something can be seen. */
	public static final String NAME = LINE + "[^\\p{Z}\\p{Cf}\\p{Cntrl}\\p{Cs}]" + LINE;

	/** What is said of another. */
	public static final String NAME_UNSEEN = "must not be blank and must have no control characters";

	/** No half of a surrogate pair. */
	public static final String WELL_FORMED = "\\P{Cs}*";

	/** What is said of another. */
	public static final String NOT_WELL_FORMED = "must have no half characters";

	Change<Member> toMember(String passwordHash, Instant at) {
		return Member.register(this.handle, this.name, passwordHash, at);
	}

	/** Without the password, so that it gets neither into a log nor into a digest. */
	@Override
	public String toString() {
		return "NewMember[handle=" + this.handle + ", name=" + this.name + "]";
	}

}
