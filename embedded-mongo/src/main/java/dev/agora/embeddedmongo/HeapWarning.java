package dev.agora.embeddedmongo;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

import javax.management.Notification;
import javax.management.NotificationEmitter;

/**
 * Prints a line when indexes fill the heap. The server then spends its time on garbage
 * collection, which looks like a hang from outside.
 */
final class HeapWarning {

	private static final double THRESHOLD = 0.85;

	private static final int MIB = 1024 * 1024;

	private HeapWarning() {
	}

	/**
	 * Prints the line each time that a collection leaves more than the threshold in the
	 * heap, after one that left less.
	 * @param out receives the line
	 */
	static void printTo(PrintWriter out) {
		for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
			long most = pool.getUsage().getMax();
			if (pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported() && most > 0) {
				pool.setCollectionUsageThreshold((long) (most * THRESHOLD));
			}
		}
		((NotificationEmitter) ManagementFactory.getMemoryMXBean())
			.addNotificationListener((notification, ignored) -> print(notification, out), null, null);
	}

	private static void print(Notification notification, PrintWriter out) {
		if (notification.getType().equals(MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED)) {
			MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
			out.printf(
					"The heap of %d MiB is almost full of indexes, so that the server is slow. Start it with a larger"
							+ " one (./agora up --mongodb-memory 2g).%n",
					heap.getMax() / MIB);
			out.flush();
		}
	}

}
