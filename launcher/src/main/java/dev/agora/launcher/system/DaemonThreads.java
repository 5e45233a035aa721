package dev.agora.launcher.system;

import java.util.concurrent.ThreadFactory;

/** Creates threads that do not keep the launcher running. */
record DaemonThreads(String name) implements ThreadFactory {

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = new Thread(task, this.name);
		thread.setDaemon(true);
		return thread;
	}

}
