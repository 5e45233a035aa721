package dev.agora.measure.history;

/**
 * A read that breaks the promise of its level.
 *
 * @param level the level
 * @param register the register
 * @param text what is wrong
 */
public record Violation(Level level, String register, String text) {

	@Override
	public String toString() {
		return this.level.header() + " " + this.register + ": " + this.text;
	}

}
