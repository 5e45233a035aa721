package dev.agora.session.imports;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.text.Nfc;
import dev.agora.platform.text.TypedText;
import dev.agora.session.member.NewMember;

/**
 * A line of an imported file.
 *
 * @param handle 3 to 30 of a-z, 0-9 and _
 * @param name one line of at most 100 characters
 * @param passwordHash the Argon2id hash of the password in the PHC string format, if the
 * member has one
 */
record NewImportedMember(
		@NotNull(message = "must be given") @Pattern(regexp = NewMember.HANDLE,
				message = NewMember.HANDLE_FORM) String handle,
		@NotNull(message = "must be given") @TypedText(max = NewMember.MAX_NAME) String name,
		@Nullable String passwordHash) {

	NewImportedMember {
		name = Nfc.of(name);
	}

	/** Keeps the hash out of logs. */
	@Override
	public String toString() {
		return "NewImportedMember[handle=" + this.handle + "]";
	}

}
