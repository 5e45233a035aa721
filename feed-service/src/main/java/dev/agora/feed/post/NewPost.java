package dev.agora.feed.post;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to post.
 *
 * @param text 1 to 5,000 characters, not all of them blank
 * @param productId the product it is about, absent where it is about none
 */
record NewPost(@NotBlank(message = "must be given") @Size(max = 5000,
		message = "must be at most 5,000 characters long") @Pattern(regexp = "[^\\x00\\p{Cs}]*",
				message = "must have no half characters") String text,
		@Nullable String productId) {
}
