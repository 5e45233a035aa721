package dev.agora.launcher.command;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.agora.launcher.local.SigningKeys;

/** Replaces the key that identities are signed with, while everything runs. */
@Command(name = "rotate-key",
		description = {
				"Add a new signing key that takes over soon; the old stays valid, and goes with the next rotation.",
				"With --retire: drop the keys that have been replaced for two minutes." })
public final class RotateKey implements Callable<Integer> {

	@Mixin
	private DataOption data = new DataOption();

	@Option(names = "--in", paramLabel = "SECONDS", defaultValue = "15",
			description = "When the new key takes over; services read it within 5 (default: ${DEFAULT-VALUE}).")
	private int seconds;

	@Option(names = "--retire", description = "Add none, drop what is replaced.")
	private boolean retire;

	@Override
	public Integer call() throws IOException {
		SigningKeys keys = SigningKeys.existing(this.data.directory());
		Instant now = Instant.now();
		List<String> valid = this.retire ? keys.retire(now) : keys.rotate(now, now.plusSeconds(this.seconds));
		if (!this.retire) {
			System.out.println("In " + this.seconds + " s identities are signed with " + valid.get(0) + ".");
		}
		System.out.println("Valid, the newest first: " + String.join(", ", valid));
		return 0;
	}

}
