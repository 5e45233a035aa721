package dev.agora.product.page.release;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.FileSystemUtils;

/**
 * Writes pages to a directory. Each release has a directory of its own below
 * {@code releases}, and the symbolic link {@code current} names the published one. The
 * link is replaced by a rename, which is atomic.
 */
public final class DirectoryTarget implements PageTarget {

	private static final String CURRENT = "current";

	private static final String NEXT = "current.next";

	private final Path directory;

	private final Path releases;

	public DirectoryTarget(Path directory) {
		this.directory = directory;
		this.releases = directory.resolve("releases");
	}

	@Override
	public Mono<Void> write(String release, PageFile file) {
		return run(() -> {
			Path plain = this.releases.resolve(release).resolve(file.pathWithExtension());
			Files.createDirectories(plain.getParent());
			Files.write(plain, file.content().plain());
			return Files.write(plain.resolveSibling(plain.getFileName() + ".gz"), file.content().gzip());
		}).then();
	}

	@Override
	public Mono<Boolean> publish(String release) {
		return run(() -> publishNow(release));
	}

	private boolean publishNow(String release) throws IOException {
		@Nullable String published = published();
		if (published != null && published.compareTo(release) > 0) {
			return false;
		}
		Path next = this.directory.resolve(NEXT);
		Files.deleteIfExists(next);
		Files.createSymbolicLink(next, Path.of("releases", release));
		Files.move(next, this.directory.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
		removeOlder(release, (published != null) ? published : release);
		return true;
	}

	private @Nullable String published() throws IOException {
		try {
			return String.valueOf(Files.readSymbolicLink(this.directory.resolve(CURRENT)).getFileName());
		}
		catch (NoSuchFileException first) {
			return null;
		}
		catch (NotLinkException other) {
			throw new FileSystemException(other.getFile(), null, CURRENT + " is not a symbolic link");
		}
	}

	/** Keeps the release before, whose files readers may still have open or request. */
	private void removeOlder(String release, String before) throws IOException {
		List<Path> older;
		try (Stream<Path> all = Files.list(this.releases)) {
			older = all.filter((each) -> isOlder(each.getFileName().toString(), release, before)).toList();
		}
		for (Path each : older) {
			FileSystemUtils.deleteRecursively(each);
		}
	}

	private static boolean isOlder(String name, String release, String before) {
		return name.compareTo(release) < 0 && !name.equals(before);
	}

	private <T> Mono<T> run(Callable<T> work) {
		return Mono.fromCallable(work)
			.subscribeOn(Schedulers.boundedElastic())
			.onErrorMap(IOException.class, (failure) -> new TargetFailed(this.directory.toString(), reason(failure)));
	}

	private static String reason(IOException failure) {
		if (failure instanceof AccessDeniedException denied) {
			return "access to " + denied.getFile() + " is denied";
		}
		if (failure instanceof FileSystemException known && known.getReason() != null) {
			return known.getReason();
		}
		return (failure.getMessage() != null) ? failure.getMessage() : failure.toString();
	}

}
