package dev.agora.session.account;

import jakarta.validation.constraints.NotNull;

import dev.agora.platform.text.Nfc;
import dev.agora.platform.text.TypedText;
import dev.agora.session.member.NewMember;

/**
 * The request of a client to change a member, whose name alone can be changed.
 *
 * @param name one line of at most 100 characters
 */
record NewName(@NotNull(message = "must be given") @TypedText(max = NewMember.MAX_NAME) String name) {

	NewName {
		name = Nfc.of(name);
	}

}
