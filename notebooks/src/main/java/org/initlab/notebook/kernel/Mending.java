package org.initlab.notebook.kernel;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jdk.jshell.EvalException;
import org.rapaio.jupyter.kernel.channels.AbstractChannel;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.channels.ControlChannel;
import org.rapaio.jupyter.kernel.channels.IOPubChannel;
import org.rapaio.jupyter.kernel.channels.LoopThread;
import org.rapaio.jupyter.kernel.channels.MessageHandler;
import org.rapaio.jupyter.kernel.channels.StdinChannel;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.RapaioKernel;
import org.rapaio.jupyter.kernel.core.format.ErrorFormatter;
import org.rapaio.jupyter.kernel.core.format.ErrorFormatters;
import org.rapaio.jupyter.kernel.core.java.CompilerException;
import org.rapaio.jupyter.kernel.core.java.IncompleteSourceException;
import org.rapaio.jupyter.kernel.core.java.JavaEngine;
import org.rapaio.jupyter.kernel.core.java.RapaioExecutionControl;
import org.rapaio.jupyter.kernel.core.java.RapaioExecutionControlProvider;
import org.rapaio.jupyter.kernel.message.Message;
import org.rapaio.jupyter.kernel.message.MessageType;
import org.rapaio.jupyter.kernel.message.messages.ShellExecuteRequest;
import org.rapaio.jupyter.kernel.message.messages.ShellInspectRequest;

/**
 * What rapaio-jupyter-kernel 3.0.1 leaves to be mended, done from outside through its private
 * fields, so that a later release that needs none of it can take its place.
 *
 * <ol>
 *   <li>It opens its sockets before it has its handlers: a message that is there at once, as it
 *       mostly is, ends the thread that reads messages, and the kernel never answers.
 *   <li>A thread that reads messages may look whether it shall run before it was told so, and end.
 *   <li>What comes on the control channel is answered on the shell's socket, from another thread
 *       and under the name of what comes last on either. Jupyter asks on both until a restarted
 *       kernel answers, and then the shell's socket hears nothing any more. {@link Control}
 *       answers.
 *   <li>An interrupt shuts down what runs cells.
 *   <li>The error of a cell holds every frame of every library.
 *   <li>Its help has signatures and no Javadoc.
 * </ol>
 */
final class Mending {

  private static final int WAIT_MILLIS = 2000;

  private Mending() {}

  /** Opens the channels with every handler in its place. */
  static void open(RapaioKernel kernel, Channels channels, ConnectionProperties connection)
      throws ReflectiveOperationException, InterruptedException {
    shortenErrors();
    Runnable interrupt = control(kernel.javaEngine())::interrupt;
    interruptBySignal(interrupt);
    kernel.registerChannels(channels);
    field(Channels.class, "handlers").set(channels, handlers(kernel));
    for (Object channel : (Set<?>) field(Channels.class, "channels").get(channels)) {
      if (!(channel instanceof ControlChannel)) {
        ((AbstractChannel) channel).bind(connection);
        keepReading(channel);
      }
    }
    Control.open(kernel, channels, connection, interrupt);
    field(Channels.class, "isConnected").set(channels, true);
  }

  /** Starts the thread that reads a channel again, if it ended at once. */
  private static void keepReading(Object channel)
      throws ReflectiveOperationException, InterruptedException {
    if (channel instanceof IOPubChannel || channel instanceof StdinChannel) {
      return; // these only answer
    }
    Field place = field(channel.getClass(), "loopThread");
    LoopThread thread = (LoopThread) place.get(channel);
    for (int waited = 0; waited < WAIT_MILLIS && !settled(thread); waited++) {
      Thread.sleep(1);
    }
    if (thread.isAlive()) {
      return;
    }
    long sleep = field(LoopThread.class, "sleep").getLong(thread);
    Runnable body = (Runnable) field(LoopThread.class, "loopBody").get(thread);
    LoopThread again = new LoopThread(thread.getName(), sleep, body);
    field(LoopThread.class, "running").setBoolean(again, true);
    again.start();
    place.set(channel, again);
  }

  /** Whether it sleeps between two messages, or has ended. */
  private static boolean settled(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING || !thread.isAlive();
  }

  private static Map<MessageType<?>, MessageHandler<?>> handlers(RapaioKernel kernel) {
    Map<MessageType<?>, MessageHandler<?>> handlers = new HashMap<>();
    Help help = new Help(kernel);
    put(handlers, MessageType.SHELL_EXECUTE_REQUEST, message -> execute(kernel, message));
    put(
        handlers,
        MessageType.SHELL_INSPECT_REQUEST,
        (Message<ShellInspectRequest> m) -> help.inspect(m));
    put(handlers, MessageType.SHELL_COMPLETE_REQUEST, help::complete);
    put(handlers, MessageType.SHELL_HISTORY_REQUEST, kernel::handleHistoryRequest);
    put(handlers, MessageType.SHELL_IS_COMPLETE_REQUEST, kernel::handleIsCompleteRequest);
    put(handlers, MessageType.SHELL_KERNEL_INFO_REQUEST, kernel::handleKernelInfoRequest);
    put(handlers, MessageType.CUSTOM_COMM_OPEN, kernel::handleCommOpenCommand);
    put(handlers, MessageType.CUSTOM_COMM_MSG, kernel::handleCommMsgCommand);
    put(handlers, MessageType.CUSTOM_COMM_CLOSE, kernel::handleCommCloseCommand);
    put(handlers, MessageType.SHELL_COMM_INFO_REQUEST, kernel::handleCommInfoRequest);
    return handlers;
  }

  private static <T> void put(
      Map<MessageType<?>, MessageHandler<?>> handlers,
      MessageType<T> type,
      MessageHandler<T> handler) {
    handlers.put(type, handler);
  }

  private static void execute(RapaioKernel kernel, Message<ShellExecuteRequest> message) {
    Scripts.newCell();
    kernel.handleExecuteRequest(message);
  }

  @SuppressWarnings("unchecked")
  private static void shortenErrors() throws ReflectiveOperationException {
    Map<Class<?>, ErrorFormatter<?>> formats =
        (Map<Class<?>, ErrorFormatter<?>>) field(ErrorFormatters.class, "map").get(null);
    formats.put(EvalException.class, (ErrorFormatter<EvalException>) CellError::lines);
    formats.put(CompilerException.class, (ErrorFormatter<CompilerException>) CellError::compile);
    formats.put(
        IncompleteSourceException.class,
        (ErrorFormatter<IncompleteSourceException>) (kernel, error) -> CellError.incomplete(error));
  }

  private static RapaioExecutionControl control(JavaEngine engine)
      throws ReflectiveOperationException {
    RapaioExecutionControlProvider provider =
        (RapaioExecutionControlProvider) field(JavaEngine.class, "controlProvider").get(engine);
    return provider.getRegisteredControl(
        (String) field(JavaEngine.class, "executionId").get(engine));
  }

  /**
   * Jupyter sends SIGINT (the kernel's file says so). Java has no public type for signals, so this
   * one is asked for by name.
   */
  private static void interruptBySignal(Runnable interrupt) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object interrupts =
        Proxy.newProxyInstance(
            Mending.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              interrupt.run();
              return null;
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance("INT"), interrupts);
  }

  static Field field(Class<?> of, String name) throws NoSuchFieldException {
    Field field = of.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
