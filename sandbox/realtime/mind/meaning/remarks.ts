/** What people say to each other, or to a machine, that asks for no tool: the other side of every comparison by meaning. */
export const REMARKS: readonly string[] = `
  The weather was terrible last weekend. My brother lives in a small village.
  I think we should order a taxi. Did you see the news this morning? She is cooking soup for dinner.
  What is the capital of Spain? The children went to bed early. He drives a red car to work.
  I had a strange dream last night. Our neighbours have a new puppy. Please close the window, it is cold.
  Where did I leave my glasses? The film starts at eight o'clock. How old is the universe?
  We are going on holiday in June. My mother loves gardening. This cake is delicious.
  Can you turn off the light? The bus was full of tourists. I can not find my other shoe.
  What do penguins eat? Tell me a story about a dragon. Sing me a song. Who wrote this symphony?
  Do you like chocolate ice cream? It gets dark early in winter. The baby has been crying all night.
  I am learning French at the moment. They moved to Canada ten years ago.
  Could you pass me the butter, please? My back hurts today. There was a long queue at the post office.
  What time does the sun rise? He bought a guitar for his birthday. I have to finish my essay tonight.
  How far is it to the moon? The concert was cancelled because of the storm. Shall we have a cup of tea?
  My computer is very slow. The teacher asked a difficult question. I like your jacket.
  Her flight was delayed by three hours. Is there life on Mars? Translate this word into German.
  What is twelve times twelve? Have you ever been to Iceland? The garden is full of roses.
  Somebody is at the door. Do not forget your umbrella. We watched the game on television.
  Honey, dinner is on the table. Wait, I am on the phone. He said that he would be late.
  The stairs are very steep. She broke her arm while skiing. It is my sister's birthday on Tuesday.
  The traffic was awful today. I could not sleep because of the noise. Can you help me with my homework?
  Could you recommend a book to me? Let me tell you about my holidays. I would like to live by the sea.
  The president gave a speech on Monday. How do I cook rice? What is the meaning of life?
  Do you have brothers or sisters? Are you married? Which team do you support? I am so tired today.
  The flowers need some water. My grandfather was a sailor. We need milk, eggs and bread. Stop it, you two.
  Come here, sit down. It looks like rain. The soup needs more salt. That was a lovely evening.
  I will call you back later, mum. How do you make pancakes? Who is the president of France?
  The printer has run out of paper. My wife is going to be angry. There are too many people on this train.
  He is the best player in the world. Could you speak up, I am in a tunnel.
  What should I wear to the wedding? You should see a dentist about that tooth.
  They have been friends since school. I do not like mushrooms. The parcel arrived this morning.
  When is Easter this year? What is the time in New York? I saw a fox in the street last night.
  It is too hot to work. My son plays the drums. The museum is free on Sundays.
  You look tired, are you all right? The kettle is boiling. Where is the nearest beach?
  Let us go for a walk after lunch. What is the weather like in Barcelona? Play some jazz, please.
  Turn on the lamp in the living room. Wake me up at seven. Set an alarm for six in the morning.
  Call my sister. Send a message to my wife. Read my latest emails. Add butter to the shopping list.
  What is on television tonight? Who is the richest person alive? How do I tie a tie?
  How many calories are in a banana? Tell me something funny. Translate good morning into Italian.
  What is the square root of eighty one? How do you say thank you in Japanese?
  Give me directions to the airport. Is there a petrol station nearby? Order me a pizza with extra cheese.
  I want to buy a new sofa. I am looking for a birthday present for my dad. Do you sell batteries?
  Do you deliver flowers? I need a lawyer. I want to apply for a job. Can you lend me twenty euros?
  How do I reset my password? My internet is not working. My phone screen is cracked.
  The fridge makes a strange noise. The roof of our house is leaking. Our car broke down on the motorway.
  The tap in the bathroom is dripping. The heating has stopped working.
  I need somebody to fix my television. Can you come and clean my windows?
  Could you look after my dog next week? Can you give me a lift to the station?
  I need a dentist as soon as possible. I have a fever and a cough. My knee hurts when I climb stairs.
  My grandmother is in hospital. The doctor said that I should rest. I have an interview on Tuesday.
  I have an appointment with my hairdresser on Thursday. My cousin is getting divorced.
  My daughter has a piano lesson at five. My colleagues are on holiday this week.
  We had a meeting with the bank on Monday. They cancelled the match because of the rain.
  She cancelled her holiday at the last minute. He booked a table at the Italian restaurant.
  We reserved two seats in the front row. They ordered a taxi for eight o'clock.
  The library is closed on Mondays. The supermarket stays open until ten. The school is closed next week.
  The office opens at nine on weekdays. When does the pub close? Is the post office open on Saturdays?
  What time does the film start? What time is kick-off? When does the bus to the centre leave?
  Is the train on time? How long is the flight to New York? How much does a pint cost these days?
  How much is a litre of petrol? Everything is getting more expensive. I paid far too much for this coat.
  The rent has gone up again. My taxes are due at the end of the month.
  What is the best phone on the market? Which laptop would you recommend? What should I cook tonight?
  How do I remove a red wine stain? How often should I water a cactus? Why is the sky blue?
  Why do cats purr? When did the Titanic sink? Who painted the Mona Lisa? How big is the Pacific Ocean?
  What is the longest river in Africa? What language do they speak in Brazil? How does a vaccine work?
  What happened in the news today? Who won the race on Sunday? What is your favourite film?
  What did you do at the weekend? What are you having for lunch? What are your plans for Saturday?
  Are you free for a drink on Friday night? Do you want to come to my party? Would you like some more wine?
  Would you mind opening the door? Could you turn off the radio? Can you hear that noise?
  Can you see my keys anywhere? Could you hold this for a second? Put the plates in the cupboard.
  Take the rubbish out, please. Get me a glass of water. Bring your swimming costume.
  Hurry up, we are going to be late. Be careful, the floor is wet. Look at that beautiful sunset.
  Leave me alone. I do not believe a word of it. That is the funniest thing I have ever heard.
  I have no idea what you mean. I forgot her name again. I have been thinking about moving house.
  I have just finished a wonderful book. I started running in the spring. I used to play the violin.
  I would love to travel around the world. I am allergic to nuts. I am afraid of spiders.
  I am proud of my children. I feel a bit lonely sometimes. Nobody told me about the party.
  Somebody stole a handbag on the underground. The police stopped us on the way home.
  The neighbour's cat is in our garden again. The baby has finally fallen asleep.
  The teacher gave us too much homework. The queue was so long that we went home.
  The shoes that I ordered are too small. The parcel has not arrived yet. Your flight has been delayed.
  There is a fly in my soup. There was a fire in the next street. It has been snowing since yesterday.
  It was the best day of my life. This song always makes me cry. That jacket suits you very well.
  These biscuits are stale.
`
  .trim()
  .split(/(?<=[.?!])\s+/);
