package dev.agora.platform.text;

import java.util.Optional;

/**
 * What a field takes, for code that has no record to annotate.
 *
 * @param form which characters it may have
 * @param min how many code points it has at the least
 * @param max how many it has at the most
 * @param blank whether it may have nothing to see
 */
public record TextRule(TextForm form, int min, int max, boolean blank) {

	/** Why a text is refused; empty if it is not. */
	public Optional<String> fault(String text) {
		int length = text.codePointCount(0, text.length());
		if (length > this.max || length < this.min) {
			return Optional.of("must be %s characters long".formatted(bounds()));
		}
		Optional<String> fault = this.form.fault(text);
		if (fault.isEmpty() && !this.blank && !TextForm.isVisible(text)) {
			return Optional.of("must not be blank");
		}
		return fault;
	}

	private String bounds() {
		return (this.min > 0) ? "%d to %d".formatted(this.min, this.max) : "at most " + this.max;
	}

}
