package org.initlab.notebook.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.logging.Logger;
import org.rapaio.jupyter.kernel.channels.AbstractChannel;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.RapaioKernel;
import org.rapaio.jupyter.kernel.message.ContentType;
import org.rapaio.jupyter.kernel.message.Message;
import org.rapaio.jupyter.kernel.message.MessageId;
import org.rapaio.jupyter.kernel.message.messages.ControlInterruptReply;
import org.rapaio.jupyter.kernel.message.messages.ControlShutdownReply;
import org.rapaio.jupyter.kernel.message.messages.ControlShutdownRequest;
import org.rapaio.jupyter.kernel.message.messages.IOPubStatus;
import org.rapaio.jupyter.kernel.message.messages.ShellKernelInfoReply;
import org.rapaio.jupyter.kernel.message.messages.ShellKernelInfoRequest;
import org.rapaio.org.zeromq.ZMQ;

/**
 * Answers the control channel, on which Jupyter asks whether the kernel is there, interrupts it and
 * ends it, also while a cell runs.
 *
 * <p>Nobody but this thread touches the channel's socket, and this thread touches no other but that
 * for news, which every thread may write to: a socket of ZeroMQ belongs to one thread.
 */
final class Control implements Runnable {

  private static final Logger LOG = Logger.getLogger(Control.class.getName());
  private static final int LAST_WORDS_MILLIS = 1000;

  private final RapaioKernel kernel;
  private final Channels channels;
  private final AbstractChannel channel;
  private final AbstractChannel news;
  private final Runnable interrupt;
  private final Method info;

  private Control(RapaioKernel kernel, Channels channels, Runnable interrupt)
      throws ReflectiveOperationException {
    this.kernel = kernel;
    this.channels = channels;
    this.channel = (AbstractChannel) Mending.field(Channels.class, "control").get(channels);
    this.news = (AbstractChannel) Mending.field(Channels.class, "iopub").get(channels);
    this.interrupt = interrupt;
    this.info = RapaioKernel.class.getDeclaredMethod("kernelInfo");
    info.setAccessible(true);
  }

  /** Opens the channel and answers it until the kernel ends. */
  static void open(
      RapaioKernel kernel, Channels channels, ConnectionProperties connection, Runnable interrupt)
      throws ReflectiveOperationException {
    Control control = new Control(kernel, channels, interrupt);
    ZMQ.Socket socket =
        (ZMQ.Socket) Mending.field(AbstractChannel.class, "socket").get(control.channel);
    socket.bind(connection.formatAddress(connection.controlPort()));
    Thread thread = new Thread(control, "Control");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    while (true) {
      Message<?> message;
      try {
        message = channel.readMessage();
      } catch (SecurityException e) {
        LOG.warning("A message on the control channel was not signed with this kernel's key.");
        continue;
      }
      if (message == null) {
        return; // closed
      }
      try {
        answer(message);
      } catch (ReflectiveOperationException | RuntimeException e) {
        LOG.warning("No answer to " + message.header().type().name() + ": " + e);
      }
    }
  }

  private void answer(Message<?> message) throws ReflectiveOperationException {
    MessageId<?> asked = message.getId();
    tell(news, asked, IOPubStatus.BUSY);
    if (message.content() instanceof ShellKernelInfoRequest) {
      tell(channel, asked, info());
    } else if (message.content() instanceof ControlShutdownRequest request) {
      tell(channel, asked, new ControlShutdownReply(request.restart()));
      tell(news, asked, IOPubStatus.IDLE);
      end();
    } else if (message.header().type().name().equals("interrupt_request")) {
      interrupt.run();
      tell(channel, asked, new ControlInterruptReply());
    }
    tell(news, asked, IOPubStatus.IDLE);
  }

  private ShellKernelInfoReply info() throws ReflectiveOperationException {
    try {
      return (ShellKernelInfoReply) info.invoke(kernel);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Ends this process, also if a cell runs on, once the last words are sent. */
  private void end() {
    Thread closing = new Thread(channels::close, "Closing");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(0);
  }

  private static <T extends ContentType<T>> void tell(
      AbstractChannel where, MessageId<?> asked, T content) {
    where.sendMessage(new Message<>(asked, content.type(), content));
  }
}
