package dev.agora.launcher.command;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.agora.launcher.local.SigningKeys;

/** Replaces the key with which identities are signed while the system runs. */
@Command(name = "rotate-key", description = {
		"Add a signing key that replaces the current one soon. The old key stays valid until the next rotation.",
		"With --retire: remove the keys that were replaced at least two minutes ago." })
public final class RotateKey implements Callable<Integer> {

	@Mixin
	private DataOption data = new DataOption();

	@Option(names = "--in", paramLabel = "SECONDS", defaultValue = "15",
			description = "The time until the new key signs; services read it within 5 s (default: ${DEFAULT-VALUE}).")
	private int seconds;

	@Option(names = "--retire", description = "Add no key, and remove those that were replaced.")
	private boolean retire;

	@Override
	public Integer call() throws IOException {
		SigningKeys keys = SigningKeys.requireExisting(this.data.directory());
		Instant now = Instant.now();
		List<String> valid = this.retire ? keys.retire(now) : keys.rotate(now, now.plusSeconds(this.seconds));
		if (!this.retire) {
			System.out
				.println("Identities will be signed with the key " + valid.get(0) + " in " + this.seconds + " s.");
		}
		System.out.println("Valid keys, the newest first: " + String.join(", ", valid));
		return 0;
	}

}
