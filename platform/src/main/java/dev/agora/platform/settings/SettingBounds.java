package dev.agora.platform.settings;

import java.time.Duration;

/** Requires that settings are within their bounds, when the service starts. */
public final class SettingBounds {

	private SettingBounds() {
	}

	/**
	 * Requires a time that is longer than zero.
	 * @throws IllegalArgumentException which names the setting
	 */
	public static void requirePositive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException(name + " must be longer than zero.");
		}
	}

	/**
	 * Requires a number within bounds, which are included.
	 * @throws IllegalArgumentException which names the setting
	 */
	public static void requireBetween(String name, int min, int max, int value) {
		if (value < min || value > max) {
			throw new IllegalArgumentException(name + " must be between " + min + " and " + max + ".");
		}
	}

	/**
	 * Requires a number that is not less than another.
	 * @throws IllegalArgumentException which names the setting
	 */
	public static void requireAtLeast(String name, int min, int value) {
		if (value < min) {
			throw new IllegalArgumentException(name + " must be at least " + min + ".");
		}
	}

}
