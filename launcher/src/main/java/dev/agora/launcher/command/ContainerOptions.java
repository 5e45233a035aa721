package dev.agora.launcher.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import dev.agora.launcher.local.ImageOptions;

/** The options that run the services in containers. */
final class ContainerOptions {

	@Option(names = "--images",
			description = "Run the services and gateways in containers with the restrictions of the chart.")
	private boolean used;

	@Option(names = "--image-prefix", paramLabel = "PREFIX", defaultValue = ImageOptions.PREFIX,
			description = "The part of an image's name before the service (default: ${DEFAULT-VALUE}).")
	private String prefix = ImageOptions.PREFIX;

	@Option(names = "--image-tag", paramLabel = "TAG", defaultValue = ImageOptions.TAG,
			description = "The tag of the images (default: ${DEFAULT-VALUE}).")
	private String tag = ImageOptions.TAG;

	boolean isUsed() {
		return this.used;
	}

	/** Returns the images, null if the services run as processes. */
	@Nullable ImageOptions images() {
		return this.used ? new ImageOptions(this.prefix, this.tag) : null;
	}

}
