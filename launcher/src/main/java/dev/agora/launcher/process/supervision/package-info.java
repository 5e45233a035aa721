/**
 * Running processes: started side by side, watched, started again and stopped in reverse
 * order.
 */
@NullMarked
package dev.agora.launcher.process.supervision;

import org.jspecify.annotations.NullMarked;
