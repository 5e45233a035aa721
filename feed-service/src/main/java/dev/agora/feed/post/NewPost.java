package dev.agora.feed.post;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.text.Nfc;
import dev.agora.platform.text.TextForm;
import dev.agora.platform.text.TypedText;

/**
 * The body of a request that creates a post.
 *
 * @param text 1 to 5,000 characters, not all of them blank
 * @param productId the id of the product that the post is about, or null
 */
record NewPost(@NotNull(message = "must be given") @TypedText(form = TextForm.TEXT, max = 5000) String text,
		@Nullable @TypedText(form = TextForm.ANY, max = 100, blank = true) String productId) {

	NewPost {
		text = Nfc.of(text);
	}

}
