package dev.agora.launcher.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.agora.launcher.container.ContainerEngine;
import dev.agora.launcher.process.Launchable;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;

/**
 * The options of {@code ./agora up} that choose the images of the services.
 *
 * @param prefix the part of a name before the name of the service
 * @param tag the tag of all images
 */
public record ImageOptions(String prefix, String tag) {

	/** The prefix of the images that a build creates. */
	public static final String PREFIX = "agora/";

	/** The default tag of the images that a build creates. */
	public static final String TAG = "0.1.0-SNAPSHOT";

	/**
	 * Finds the images of all modules, and removes the containers that an earlier
	 * launcher has left.
	 */
	List<Launchable> find(List<String> modules, DataDirectory data) throws IOException, InterruptedException {
		ContainerEngine engine = ContainerEngine.requireRunning();
		List<Launchable> images = new ArrayList<>();
		List<String> missing = new ArrayList<>();
		for (String module : modules) {
			String image = this.prefix + module + ":" + this.tag;
			Optional<String> build = engine.findBuild(image);
			build.ifPresentOrElse((it) -> images.add(new ServiceImage(engine, image, it, data)),
					() -> missing.add(image));
		}
		if (!missing.isEmpty()) {
			throw new Problem("The container engine does not have " + String.join(", ", missing)
					+ ". Build the images with ./agora images, or choose others with --image-prefix and --image-tag.");
		}
		ContainerEngine.removeAll(data);
		return images;
	}

}
