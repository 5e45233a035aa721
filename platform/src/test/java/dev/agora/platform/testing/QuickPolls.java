package dev.agora.platform.testing;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every wait of Awaitility check its condition each 10 ms instead of each 100 ms,
 * since most conditions become true within a few milliseconds. The tests of a module find
 * it as a service of the test classes of platform.
 */
public final class QuickPolls implements BeforeAllCallback {

	private static final Duration INTERVAL = Duration.ofMillis(10);

	@Override
	public void beforeAll(ExtensionContext context) {
		Awaitility.setDefaultPollInterval(INTERVAL);
	}

}
