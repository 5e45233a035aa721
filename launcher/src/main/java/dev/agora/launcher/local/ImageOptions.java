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
 * The images to run the services of.
 *
 * @param prefix what stands before the name of the service
 * @param tag their tag
 */
public record ImageOptions(String prefix, String tag) {

	/** What a build makes if nothing else is asked for. */
	public static final String PREFIX = "agora/";

	/** The tag that a build gives if nothing else is asked for. */
	public static final String TAG = "0.1.0-SNAPSHOT";

	/**
	 * All of them, which are there; what an earlier launcher has left running is ended.
	 */
	List<Launchable> of(List<String> modules, DataDirectory data) throws IOException, InterruptedException {
		ContainerEngine engine = ContainerEngine.running();
		List<Launchable> apps = new ArrayList<>();
		List<String> missing = new ArrayList<>();
		for (String module : modules) {
			String image = this.prefix + module + ":" + this.tag;
			Optional<String> build = engine.buildOf(image);
			build.ifPresentOrElse((it) -> apps.add(new ServiceImage(engine, image, it, data)), () -> missing.add(image));
		}
		if (!missing.isEmpty()) {
			throw new Problem("The engine has no " + String.join(", ", missing)
					+ ". Build them with ./agora images, or name others with --image-prefix and --image-tag.");
		}
		ContainerEngine.removeAll(data);
		return apps;
	}

}
