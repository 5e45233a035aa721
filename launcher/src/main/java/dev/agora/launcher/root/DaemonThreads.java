package dev.agora.launcher.root;

import java.util.concurrent.ThreadFactory;

/** Creates threads that do not keep the launcher running. */
public record DaemonThreads(String name) implements ThreadFactory {

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = new Thread(task, this.name);
		thread.setDaemon(true);
		return thread;
	}

}
