package dev.agora.session.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;

import dev.agora.session.member.NewMember;

/**
 * What a client sends to be called otherwise; the name alone can be changed.
 *
 * @param name 1 to 100 characters
 */
record NewName(@NotBlank(message = "must be given") @Pattern(regexp = NewMember.NAME,
		message = NewMember.NAME_MESSAGE) String name) {
}
