/**
 * Ends the jobs of members who were deleted.
 */
@NullMarked
package dev.agora.platform.job.owner;

import org.jspecify.annotations.NullMarked;
