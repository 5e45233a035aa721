package dev.agora.session.account;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import dev.agora.session.member.NewMember;

/**
 * What a client sends to be called otherwise; the name alone can be changed.
 *
 * @param name 1 to 100 characters
 */
record NewName(@NotNull(message = "must be given") @Size(max = NewMember.NAME_LENGTH,
		message = NewMember.NAME_TOO_LONG) @Pattern(regexp = NewMember.NAME,
				message = NewMember.NAME_UNSEEN) String name) {
}
