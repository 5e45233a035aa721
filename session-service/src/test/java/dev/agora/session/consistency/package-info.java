@NullMarked
package dev.agora.session.consistency;

import org.jspecify.annotations.NullMarked;
