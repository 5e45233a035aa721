package dev.agora.platform.text;

import java.util.Optional;

/**
 * The rule for the text in a field: {@link TypedText} for code without a record.
 *
 * @param form the form of the text
 * @param min the minimum number of code points
 * @param max the maximum number of code points
 * @param blank whether the text may have no visible character
 */
public record TextRule(TextForm form, int min, int max, boolean blank) {

	/** The reason why a text is refused; empty if it is accepted. */
	public Optional<String> violation(String text) {
		int length = text.codePointCount(0, text.length());
		if (length > this.max || length < this.min) {
			return Optional.of("must be %s characters long".formatted(bounds()));
		}
		Optional<String> violation = this.form.violation(text);
		if (violation.isEmpty() && !this.blank && !TextForm.isVisible(text)) {
			return Optional.of("must not be blank");
		}
		return violation;
	}

	private String bounds() {
		return (this.min > 0) ? "%d to %d".formatted(this.min, this.max) : "at most " + this.max;
	}

}
