package dev.agora.session.member;

import java.time.Instant;

import jakarta.validation.constraints.NotBlank;
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
		@NotBlank(message = "must be given") @Pattern(regexp = NAME, message = NAME_MESSAGE) String name,
		@NotNull(message = "must be given") @Size(min = 10, max = 200,
				message = "must be 10 to 200 characters long") @Pattern(regexp = "\\P{Cs}*",
						message = "must have no half characters") String password) {

	/** What a name is made of. */
	public static final String NAME = "[^\\p{Cntrl}\\p{Cs}]{0,100}";

	/** What is said of another. */
	public static final String NAME_MESSAGE = "must be at most 100 characters long, none of them control characters";

	Change<Member> toMember(String passwordHash, Instant at) {
		return Member.register(this.handle, this.name, passwordHash, at);
	}

	/** Without the password, so that it gets neither into a log nor into a digest. */
	@Override
	public String toString() {
		return "NewMember[handle=" + this.handle + ", name=" + this.name + "]";
	}

}
